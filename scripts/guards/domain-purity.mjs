import { listFiles, read, sources } from './files.mjs'

export const name = 'domain purity'

const IMPURE = [
  [/\bnew Date\b|\bDate\.(now|parse|UTC)\b/, 'a clock'],
  [/\bMath\.random\b|\bcrypto\b/, 'chance'],
  [/\b(process|globalThis|fetch|setTimeout|setInterval|console|performance)\b\s*[.(]/, 'the outside world'],
  [/\bfrom '(?!\.)/, 'an import from outside the domain'],
  [/\bimport\(/, 'a dynamic import'],
]

/** packages/domain has no clock, no chance, no I/O and no dependency (architecture §1.3). */
export function check(root) {
  const faults = sources(root)
    .filter((file) => file.startsWith('packages/domain/src/') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const code = read(root, file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      return IMPURE.flatMap(([pattern, what]) => (pattern.test(code) ? [`${file}: uses ${what}`] : []))
    })
  if (listFiles(root).includes('packages/domain/package.json')) {
    const manifest = JSON.parse(read(root, 'packages/domain/package.json'))
    if (manifest.dependencies || manifest.peerDependencies)
      faults.push('packages/domain/package.json: the domain has no dependency')
  }
  return faults
}
