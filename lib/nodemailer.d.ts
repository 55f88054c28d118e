/** What we use of `nodemailer`, whose published types bring a cloud's whole client with them. */
declare module 'nodemailer' {
  interface Address {
    name: string
    address: string
  }

  export interface Transport {
    sendMail(mail: { from: Address; to: Address; subject: string; text: string }): Promise<unknown>
    close(): void
  }

  export function createTransport(options: {
    host: string
    port?: number
    secure: boolean
    requireTLS: boolean
    auth?: { user: string; pass: string }
    connectionTimeout: number
    greetingTimeout: number
    socketTimeout: number
    disableFileAccess: boolean
    disableUrlAccess: boolean
  }): Transport
}
