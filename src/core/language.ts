/** Languages that Towpath treats as equals; `und` (ISO 639-3) for whatever cannot be told. */
export type Language = 'en' | 'zh' | 'und';

export const languages = ['en', 'zh'] as const;
