/**
 * Edits of definitions that splice the text a person wrote: every byte that is not part of the edit stays. Each edit
 * verifies its outcome, so it either does exactly its work or answers with a failure and leaves the text alone.
 */
export type { EditDiagnostic } from './diagnostic'
export { addImport, type ImportEntry, listImports, moveImport, pinImport, removeImport } from './imports'
export { removeValue } from './remove'
export { renameKey } from './rename'
export type { EditCode, EditDone, EditFailure, EditResult, PathInput } from './result'
export { ciphertextAt, replaceCiphertext, type SealedSecret, sealedSecretAt, unseal } from './sealed'
export {
  decryptSecrets,
  encryptSecrets,
  listSecrets,
  type SecretCall,
  type SecretsResult,
  type SecretTransform,
} from './secrets'
export { appendItem, setData, setValue } from './set'
export { applySplices, SourceText, type Span, type Splice, type TextPosition, type TextRange } from './source'
export { wrapSecret } from './wrap'
