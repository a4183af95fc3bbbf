import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { BrowserRouter } from 'react-router'
import { ErrorBoundary } from './error-boundary.tsx'
import { SessionGate } from './session-gate.tsx'
import { THEME } from './theme.ts'
import 'dayjs/locale/zh-cn'

// The client itself tries again what may be tried again; a list seen a moment ago need not be asked for twice.
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 5_000 } } })

/** The whole application: look, language, data cache, address, session. */
export function XuejiApp() {
  return (
    <ConfigProvider
      locale={zhCN}
      theme={THEME}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      modal={{ centered: true }}
      form={{ colon: false }}
    >
      <App message={{ maxCount: 3, top: 56 }} className="xj-app">
        <ErrorBoundary whole>
          <QueryClientProvider client={queries}>
            <BrowserRouter useTransitions={false}>
              <SessionGate />
            </BrowserRouter>
          </QueryClientProvider>
        </ErrorBoundary>
      </App>
    </ConfigProvider>
  )
}
