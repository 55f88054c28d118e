import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkFile, type Violation } from './check'

/** Made or foreign, and the examples of what is forbidden. */
const left = new Set([
  'node_modules',
  'dist',
  'coverage',
  'test-results',
  'lib/generated',
  'tests/lint/fixtures',
])

/** Judges every TypeScript file below the folder. */
export function checkTree(root: string): { files: number; violations: Violation[] } {
  const files = typeScriptFiles(root, '')
  const violations = files.flatMap((path) => checkFile(path, readFileSync(join(root, path), 'utf8')))
  return { files: files.length, violations }
}

function typeScriptFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.name.startsWith('.') || left.has(path)) return []
    if (entry.isDirectory()) return typeScriptFiles(root, path)
    return /(?<!\.d)\.tsx?$/.test(entry.name) ? [path] : []
  })
}
