/** Longest instruction that a project may give. */
export const mostPromptCharacters = 4000;
