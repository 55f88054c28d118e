import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { processIo } from './process-io'

describe.runIf(process.platform === 'linux')('openBrowser', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'openesc-opener-'))
    vi.stubEnv('PATH', folder)
  })

  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  function installOpener(script: string): void {
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, 'xdg-open'), 0o755)
  }

  it('tells when there is no opener', async () => {
    expect(await processIo().openBrowser('http://localhost/')).toBe(false)
  })

  it('tells when the opener finds no browser', async () => {
    installOpener('exit 3')
    expect(await processIo().openBrowser('http://localhost/')).toBe(false)
  })

  it('believes an opener that ends well', async () => {
    installOpener('exit 0')
    expect(await processIo().openBrowser('http://localhost/')).toBe(true)
  })

  it('believes an opener that stays with its browser', async () => {
    installOpener('exec /bin/sleep 5')
    expect(await processIo().openBrowser('http://localhost/')).toBe(true)
  })
})
