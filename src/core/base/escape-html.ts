const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for HTML, between tags and in quoted attributes. U+0000, which HTML cannot hold, becomes U+FFFD. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"'\0]/g, (c) => ESCAPED[c] ?? '\ufffd')
