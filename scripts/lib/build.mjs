import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { ROOT } from './run.mjs'

/** Bundles entry points of one app. What its own package.json names stays outside, where its resolver finds it; all else comes in. */
function bundle(app, files) {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'apps', app, 'package.json'), 'utf8'))
  const external = Object.keys(dependencies)
    .filter((name) => !name.startsWith('@xueji/'))
    .flatMap((name) => [name, `${name}/*`])
  return build({
    entryPoints: files.map((file) => join(ROOT, 'apps', app, 'src', file)),
    outdir: join(ROOT, 'apps', app, 'dist'),
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    external,
  })
}

await Promise.all([
  bundle('api', [
    'main.ts',
    'worker.ts',
    'pipeline/roster-child.ts',
    'pipeline/marked-file-child.ts',
    'pipeline/image-child.ts',
  ]),
  bundle('identity-sandbox', ['main.ts']),
])
