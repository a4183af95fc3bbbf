import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const api = process.env.XUEJI_API ?? 'http://127.0.0.1:8400'

// Below this a compressed copy saves nothing worth a second file.
const WORTH_BYTES = 1024

/** Lays a .br and a .gz beside every text file of the build, so that the server sends them without compressing at each request. */
const precompress = (): Plugin => {
  let folder = ''
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir)
    },
    closeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true }) as string[]) {
        const path = join(folder, name)
        if (!/\.(js|css|html|svg)$/.test(name) || statSync(path).size < WORTH_BYTES) continue
        const bytes = readFileSync(path)
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }))
      }
    },
  }
}

export default defineConfig({
  plugins: [react(), precompress()],
  server: {
    port: Number(process.env.XUEJI_WEB_PORT ?? 8403),
    strictPort: true,
    proxy: { '/api': { target: api, changeOrigin: false } },
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 1200 },
})
