/** `npm run bench [NAME…]`: runs the programs of this folder by name, or all of them; each exports a default function. */
import { readdirSync } from 'node:fs'

const tools = new Set(['run', 'measure', 'plain-server'])
const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .filter((name) => !tools.has(name))

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`unknown benchmark: ${unknown.join(', ')}; there are: ${all.join(', ')}`)
  process.exit(1)
}

for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n# ${name}`)
  const program: { default: () => Promise<void> } = await import(`./${name}.ts`)
  await program.default()
}
