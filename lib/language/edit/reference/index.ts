/**
 * The reference's exact writers (language.md §17–20): whole documents written anew, byte for byte as it does. Kept for
 * compatibility; what the product itself does to a definition are the splicing edits beside this folder.
 */
export { type CryptResult, decryptDocument, encryptDocument } from './crypt'
export { emitReference } from './emit'
export type { ReferenceDocument, ReferenceNode } from './node'
export { deleteNode, getNode, rootOf, setNode } from './node-edit'
export { parseReference } from './parse'
export { applyPatches, type PatchResult, patchNode } from './patches'
export { type ReencodeResult, reencode } from './reencode'
