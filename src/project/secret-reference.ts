/** The form of a reference to a secret: `env:NAME` or `file:PATH`. */
export const reference = /^(?:env:[A-Za-z_]\w*|file:\S.*)$/;

/** Whether the text refers to a secret, rather than being one. */
export function isSecretReference(text: string): boolean {
  return reference.test(text);
}
