import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** A program that a dependency brought. */
export const tool = (name) => join(root, 'node_modules', '.bin', name)

/** Runs a program in the project's folder with its output passed through; answers its exit code. */
export function run(program, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`)
      done(127)
    })
    child.on('close', (code) => done(code ?? 1))
  })
}

export function heading(text) {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`)
}
