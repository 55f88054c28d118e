/** Outgoing mail, where the operator has set up a server (`OPENESC_SMTP_URL`). Plain text only. */
import { createTransport } from 'nodemailer'
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
  url.search = ''
  const transport = createTransport({
    url: url.href,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
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
    transport.close()
  }
}
