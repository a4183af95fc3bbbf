import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = process.env.XUEJI_API ?? 'http://127.0.0.1:8400'

export default defineConfig({
  plugins: [react()],
  server: { port: Number(process.env.XUEJI_WEB_PORT ?? 8403), strictPort: true, proxy: { '/api': { target: api, changeOrigin: false } } },
  build: { target: 'es2022', chunkSizeWarningLimit: 1200 },
})
