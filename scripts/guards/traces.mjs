import { listFiles, read } from './files.mjs'

export const name = 'traces of a machine'

// Paths of a developer's machine, addresses of registries, secrets.
const TRACES = [
  [/(?:^|[\s"'`(])\/(?:home|root|Users|work)\/[\w.-]+/m, 'a path of somebody’s machine'],
  [/https?:\/\/(?:[\w-]+\.)*(?:registry\.|npmmirror|jfrog|nexus)[\w.-]*/i, 'the address of a registry'],
  [/-----BEGIN (?:RSA |EC )?PRIVATE KEY-----/, 'a private key'],
]
const TEXT = /\.(?:tsx?|mjs|cjs|js|json|md|ya?ml|sql|prisma|html|css|sh|toml)$|^\.ci\/|^\.github\//

/** Nothing committed names a machine, a registry host or a secret. */
export function check(root) {
  return listFiles(root)
    .filter((file) => TEXT.test(file) && !file.startsWith('scripts/guards/') && file !== 'pnpm-lock.yaml')
    .flatMap((file) =>
      TRACES.flatMap(([pattern, what]) => (pattern.test(read(root, file)) ? [`${file}: ${what}`] : [])),
    )
}
