/** Text as HTML: nothing that a name holds may be read as markup. */

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    // eslint-disable-next-line no-control-regex -- characters that HTML does not allow
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
}
