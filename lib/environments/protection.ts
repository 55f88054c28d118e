/**
 * Why a protected environment is not deleted: the same words from the API, in the console and on the command line
 * (cli.md; the word `protection` keeps http-api.md trap 22).
 *
 * @param fullName `organization/project/name`
 */
export function deletionProtected(fullName: string): string {
  return `cannot delete environment: deletion protection is enabled. Disable deletion protection with 'esc env settings set ${fullName} deletion-protected false' before deleting`
}
