import type { ReadStream, WriteStream } from 'node:tty'

/** Reads a line without showing it. Undefined at end of input or after Ctrl-C. */
export function readSecret(
  input: ReadStream,
  output: WriteStream,
  prompt: string,
): Promise<string | undefined> {
  // Echo is off before the prompt invites to type.
  input.setRawMode(true)
  output.write(prompt)
  input.resume()
  return new Promise((resolve) => {
    let line = ''
    const finish = (result: string | undefined) => {
      input.off('data', onData)
      input.setRawMode(false)
      input.pause()
      output.write('\n')
      resolve(result)
    }
    const onData = (chunk: Buffer) => {
      for (const character of chunk.toString()) {
        if (character === '\r' || character === '\n') return finish(line)
        if (character === '\u0003') return finish(undefined)
        if (character === '\u0004') return finish(line === '' ? undefined : line)
        if (character === '\u007f' || character === '\b') line = line.slice(0, -1)
        else line += character
      }
    }
    input.on('data', onData)
  })
}
