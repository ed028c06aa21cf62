/** Control and formatting characters (NUL, escape codes, bidirectional overrides) that could disguise what is shown. */
const invisible = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Untrusted text as HTML text or attribute content. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll(/[\t\r\n]+/g, ' ')
    .replaceAll(invisible, '�')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Untrusted text as one line of Markdown that neither formats, links, mentions nor breaks a table. */
export function escapeMarkdown(text: string, length = 300): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const cut = line.length > length ? `${line.slice(0, length - 1)}…` : line;
  return cut
    .replaceAll(invisible, '�')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~$:-]/g, '\\$&')
    .replaceAll('@', '&#64;');
}
