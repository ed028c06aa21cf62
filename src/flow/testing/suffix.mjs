/** Code that the steps import: changing it changes their version. */
export const suffix = '';
