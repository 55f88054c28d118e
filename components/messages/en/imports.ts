export const imports = {
  button: (count: number) => (count === 1 ? '1 import' : `${count} imports`),
  none: 'This definition imports nothing.',
  description: 'What takes part in the preview, with the revision that each import resolved to.',
  revision: (revision: number) => `rev ${revision}`,
  title: 'Imports',
}
