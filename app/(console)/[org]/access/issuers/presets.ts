/** Policies to start from: what each system's tokens say about who runs. */
export const presets = [
  {
    value: 'github',
    label: 'GitHub Actions',
    rules: { sub: 'repo:OWNER/REPOSITORY:ref:refs/heads/main', repository_owner: 'OWNER' },
  },
  {
    value: 'gitlab',
    label: 'GitLab',
    rules: { sub: 'project_path:GROUP/PROJECT:ref_type:branch:ref:main', namespace_path: 'GROUP' },
  },
  {
    value: 'kubernetes',
    label: 'Kubernetes',
    rules: { sub: 'system:serviceaccount:NAMESPACE:NAME' },
  },
] as const

/** JSON of one policy for a preset; undefined for a name that is none. */
export function presetText(value: string): string | undefined {
  const preset = presets.find((candidate) => candidate.value === value)
  if (!preset) return undefined
  const policy = { id: preset.value, decision: 'allow', tokenType: 'organization', rules: preset.rules }
  return JSON.stringify([policy], undefined, 2)
}
