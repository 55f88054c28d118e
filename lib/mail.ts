/** Outgoing mail, where the operator has set up a server (`OPENESC_SMTP_URL`). Plain text only. */
import { createTransport, type Transport } from 'nodemailer'
import { config } from './config'

export interface Mail {
  to: string
  subject: string
  text: string
}

/** `off` where no mail server is set up. */
export type MailResult = 'sent' | 'failed' | 'off'

/** Somebody waits for the answer meanwhile. */
const patienceMs = 10_000

/**
 * Sends one mail now; never in a transaction. What it says is not kept anywhere, since it may hold the secret of a link.
 *
 * @returns `failed` when the server did not take it, which says nothing about the mailbox behind it
 */
export async function sendMail({ to, subject, text }: Mail): Promise<MailResult> {
  const { smtpUrl } = config()
  if (smtpUrl === undefined) return 'off'
  const url = new URL(smtpUrl)
  const from = url.searchParams.get('from') ?? `openesc@${new URL(config().url).hostname}`
  let transport: Transport | undefined
  try {
    transport = transportTo(url)
    // An address as an object is never parsed, so nothing in it can become a second one.
    await transport.sendMail({
      from: { name: 'OpenESC', address: from },
      to: { name: '', address: to },
      subject,
      text,
    })
    return 'sent'
  } catch (error) {
    // Servers quote what they were sent: only the kind of failure is written down.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    process.stderr.write(`mail: not sent (${code})\n`)
    return 'failed'
  } finally {
    transport?.close()
  }
}

/** Part by part: with a URL the library would look at no other option, and take options out of the URL. */
function transportTo(url: URL): Transport {
  const { protocol, hostname, port, username, password, searchParams } = url
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port !== '' && { port: Number(port) }),
    secure: protocol === 'smtps:',
    requireTLS: searchParams.get('starttls') === 'required',
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}
