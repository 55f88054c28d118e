import { basename } from 'node:path'
import { transform } from 'esbuild'

/**
 * One CommonJS program of the chunks that `build` split off at every `import()`. A chunk stays text until something asks
 * for it: V8 reads through all code of a file before it runs the first line, which took longer than most commands do.
 *
 * @param {readonly import('esbuild').OutputFile[]} chunks ESM
 * @param {string} entry the name of the chunk that runs
 * @returns {Promise<string>} the program, without its first line
 */
export async function pack(chunks, entry) {
  const texts = new Map()
  for (const { path, text } of chunks) texts.set(`./${basename(path)}`, await asCommonJs(text))
  const main = texts.get(`./${entry}`)
  texts.delete(`./${entry}`)
  return `"use strict";
const texts=${JSON.stringify(Object.fromEntries(texts))},loaded={__proto__:null},{compileFunction}=require("node:vm");
function load(name){
if(!Object.hasOwn(texts,name))return require(name);
if(name in loaded)return loaded[name].exports;
const module=loaded[name]={exports:{}};
compileFunction(texts[name],["exports","require","module"],{filename:__filename+name.slice(1)})(module.exports,load,module);
return module.exports}
(function(exports,require,module){${main}})({},load,{exports:{}});
`
}

/** Also `import()`, which compiled text has no loader for. */
async function asCommonJs(text) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    minifySyntax: true,
    minifyWhitespace: true,
  })
  return code
}
