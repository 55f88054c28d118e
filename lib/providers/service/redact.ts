/** Longer texts of others are cut: they are for a line of a diagnostic. */
const longest = 300

/**
 * What a service said, fit to be shown: on one line, short, without what we sent it in confidence and without anything
 * that looks like an identity token (S06).
 *
 * @param secrets what was sent; the service may repeat it
 */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((value) => value !== '')
    .flatMap((value) => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])
    .sort((a, b) => b.length - a.length)
  const clean = forms
    .reduce((rest, form) => rest.replaceAll(form, '[secret]'), text)
    .replace(/eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, '[token]')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '')
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean
}
