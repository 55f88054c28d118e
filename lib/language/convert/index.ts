/** Makes definitions of files that hold configuration in other forms. Pure: a dropped file never leaves the browser. */
export { guessSecret } from './guess-secret'
export { type FileContent, type FileFormat, type FileProblem, type FileValue, readFile } from './read-file'
