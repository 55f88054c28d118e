/** `esc` as a part of a program called `parent`, which is how one scenario runs it. */
import { embeddedRoot } from '@/cli/commands/tree'
import { esc } from '@/cli/esc'
import { finish } from '@/cli/finish'
import { processIo } from '@/cli/process-io'

const [, ...words] = process.argv.slice(2)
esc(words, processIo(), embeddedRoot('parent')).then(finish)
