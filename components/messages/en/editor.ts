export const editor = {
  checked: 'checked',
  conflictBody: (revision: number) =>
    `Revision ${revision} was saved after you opened this page. Your text is still here; nothing was overwritten.`,
  conflictKeepEditing: 'Back to the editor',
  conflictMine: 'Yours',
  conflictTheirs: (revision: number) => `Theirs, revision ${revision}`,
  conflictTitle: 'Somebody else saved first',
  conflictUseMine: (revision: number) => `Save mine as revision ${revision}`,
  conflictUseTheirs: 'Discard mine, take theirs',
  definition: 'Environment definition',
  document: 'Document',
  goTo: (line: number, column: number) => `${line}:${column}`,
  identical: 'Nothing has changed; no new revision was made.',
  leave: 'Leave without saving',
  leaveBody: 'Your changes to this definition are not saved.',
  leaveStay: 'Stay',
  leaveTitle: 'Unsaved changes',
  loadingEditor: 'Loading the editor',
  noProblems: 'No problems',
  oidc: 'Identity',
  panes: 'Panes',
  placeholderNotice: 'Example content, not saved yet.',
  placeholder: `values:
  app:
    name: my-app
    greeting: Hello from \${app.name}
    password:
      fn::secret: change-me
  environmentVariables:
    GREETING: \${app.greeting}
    PASSWORD: \${app.password}
`,
  problems: (count: number) => (count === 1 ? '1 problem' : `${count} problems`),
  problemsTitle: 'Problems',
  readOnly: 'You may read this environment but not change it.',
  revision: (number: number) => `rev ${number}`,
  save: (revision: number) => `Save revision ${revision}`,
  saveFailed: 'Not saved',
  saveForbidden: 'Saving needs the permission environment:write.',
  saveProblems: 'A definition with errors cannot be saved. They are listed below the editor.',
  saveTooLarge: 'The definition is larger than the server accepts.',
  saved: (revision: number) => `Saved revision ${revision}`,
  showDocument: 'Definition',
  showPreview: 'Preview',
  unsaved: 'unsaved',
  upToDate: 'saved',
}
