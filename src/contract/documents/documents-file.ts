/** Name of the Parquet file inside a dataset artifact. Its columns are those of `DocumentRecord`, rows sorted by id. */
export const documentsFile = 'documents.parquet';

/** Columns of `documents.parquet`, in order; all VARCHAR and NOT NULL. */
export const documentColumns = ['id', 'source', 'title', 'language', 'text', 'split', 'layout'] as const;
