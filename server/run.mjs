/** Runs a program as a step of something larger: silent unless it fails, and never left behind. */
import { spawn } from 'node:child_process'

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd: string, env?: NodeJS.ProcessEnv}} options
 * @throws Error with what it printed
 */
export function run(program, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && program === 'npm',
    })
    const end = () => child.kill('SIGTERM')
    process.once('exit', end)
    const printed = []
    child.stdout.on('data', (data) => printed.push(data))
    child.stderr.on('data', (data) => printed.push(data))
    child.once('error', reject)
    child.once('close', (code) => {
      process.removeListener('exit', end)
      if (code === 0) return resolve(undefined)
      reject(
        new Error(`${Buffer.concat(printed).toString().trim()}\n${program} ${args[0]} failed (${code}).`),
      )
    })
  })
}
