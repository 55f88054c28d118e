'use client'

import { signIn } from 'next-auth/react'

export interface SignInInput {
  login: string
  password: string
  /** A path of this console. */
  returnTo: string
}

/**
 * Signs in and goes on; a full page load, so that nothing of a former session stays in memory.
 *
 * @returns only when refused: next-auth's error code
 */
export async function signInAndGo({ login, password, returnTo }: SignInInput): Promise<string> {
  const answer = await signIn('credentials', { login, password, redirect: false, callbackUrl: returnTo })
  if (!answer?.ok || answer.error) return answer?.error ?? 'unavailable'
  window.location.assign(returnTo)
  // The page is being left; a form that waits for this stays busy until then.
  return new Promise(() => {})
}
