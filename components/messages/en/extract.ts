export const extract = {
  body: (paths: string) => `${paths} will live in an environment of its own that this definition imports.`,
  name: 'New environment',
  nameForm: 'Like project/environment',
  saveToo: 'Save this definition too, so that it imports it.',
  title: 'Move to an import',
}
