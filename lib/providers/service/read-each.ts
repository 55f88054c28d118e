/** How many reads of one provider call run at once: quick, and no burst that a rate limit would punish. */
const width = 8

/**
 * Reads every entry of a `get`, several at a time.
 *
 * @param entries what to read, by its name in the output
 */
export async function readEach<Entry, Value>(
  entries: Readonly<Record<string, Entry>>,
  read: (entry: Entry, name: string) => Promise<Value>,
): Promise<Record<string, Value>> {
  const names = Object.keys(entries)
  const values = new Map<string, Value>()
  const queue = Object.entries(entries).values()
  const work = async (): Promise<void> => {
    for (const [name, entry] of queue) values.set(name, await read(entry, name))
  }
  await Promise.all(Array.from({ length: Math.min(width, names.length) }, work))
  return Object.fromEntries([...values].sort(([a], [b]) => names.indexOf(a) - names.indexOf(b)))
}
