'use server'

import { attempt, type Outcome } from '@/app/outcome'
import { requireActor } from '@/app/session'
import type { Actor } from '@/lib/access/actor'
import { startCliLogin } from '@/lib/access/cli-login'
import { cliListenerUrl } from '@/lib/access/return-path'
import { createAccessToken } from '@/lib/access/tokens'
import { Failure } from '@/lib/failure'
import { type CliLoginRequest, cliLoginRequest } from './request'

/** @returns the address of the waiting command line, always on the loopback interface, with what it waits for */
export async function allowCliLogin(input: CliLoginRequest): Promise<Outcome<string>> {
  const actor = await requireActor()
  return attempt(async () => {
    const request = cliLoginRequest.parse(input)
    const { codeChallenge, cliSessionDescription: description } = request
    if (codeChallenge === undefined) return listener(request, await tokenFor(actor, description))
    const code = await startCliLogin(actor, { codeChallenge, description })
    const url = new URL(`http://localhost:${request.cliSessionPort}/`)
    url.search = new URLSearchParams({ code, nonce: request.cliSessionNonce }).toString()
    return url.href
  })
}

async function tokenFor(actor: Actor, description: string): Promise<string> {
  return (await createAccessToken(actor, { description })).tokenValue
}

function listener({ cliSessionPort, cliSessionNonce }: CliLoginRequest, token: string): string {
  const url = cliListenerUrl(cliSessionPort, cliSessionNonce, token)
  if (url === undefined) throw new Failure('invalid', 'The port or the nonce is malformed.')
  return url
}
