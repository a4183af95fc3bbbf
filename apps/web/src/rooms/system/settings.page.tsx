import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { ErrorView } from '../../shared/error-view.tsx'
import { useNotice } from '../../shared/notice.ts'
import { PageFrame } from '../../shared/page-frame.tsx'
import { useHasRole, useSession } from '../../shared/session.tsx'
import { SettingLine } from './setting-line.tsx'
import { loadSettings, putSetting, SETTINGS } from './settings.queries.ts'
import './settings.css'

/** 参数: the province's settings with what they mean, who set them and when; cities and counties see what holds for them. */
export function SettingsPage() {
  const { organization } = useSession()
  const mayChange = useHasRole('provinceRegistrar', 'systemAdministrator') && organization.level === 'province'
  const client = useQueryClient()
  const notice = useNotice()
  const { data, error, refetch } = useQuery({ queryKey: SETTINGS, queryFn: loadSettings })
  const put = async (key: string, value: number | boolean | null): Promise<void> => {
    try {
      client.setQueryData(SETTINGS, await putSetting(key, value))
      notice.success('已保存，立即生效')
    } catch (failure) {
      notice.error(failure)
    }
  }
  return (
    <PageFrame
      title="参数"
      extra={
        <span className="xj-muted">
          {mayChange ? '在本省范围内生效，每次修改都记入审计' : '由省级教育部门设置，此处只供查看'}
        </span>
      }
    >
      <div className="xj-settings">
        {error && !data ? <ErrorView error={error} onRetry={() => void refetch()} /> : null}
        {data ? (
          <ul>
            {data.map((row) => (
              <SettingLine key={row.key} row={row} mayChange={mayChange} onPut={(value) => put(row.key, value)} />
            ))}
          </ul>
        ) : error ? null : (
          <Skeleton active paragraph={{ rows: 8 }} />
        )}
      </div>
    </PageFrame>
  )
}
