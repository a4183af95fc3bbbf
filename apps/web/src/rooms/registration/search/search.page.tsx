import type { ItemFilter, ItemRow } from '@xueji/contracts/pipeline/review.api'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ListPage } from '../../../shared/list-page.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useHasRole, useSession } from '../../../shared/session.tsx'
import { useCollectionPrinting } from '../collection/collection-preview.tsx'
import { searchColumns } from '../items/item.columns.tsx'
import { ItemDrawer, type ShownItem } from '../items/item-drawer.tsx'
import { useItemExport } from '../items/use-item-export.tsx'
import { KEYS, loadItems, useStructure } from '../registration.queries.ts'
import '../registration.css'
import { SearchConditions } from './search-conditions.tsx'
import { filterOfAddress } from './search-filter.ts'

/** 学籍注册查询 (menu §2.6): every registration one may see, where it stands and who has it. */
export function RegistrationSearchPage() {
  const { organization } = useSession()
  const isSchool = organization.level === 'school'
  const structure = useStructure(isSchool ? 'own' : undefined)
  const [params, setParams] = useSearchParams()
  const initial = useMemo(() => filterOfAddress(params), [params])
  const [shown, setShown] = useState<ShownItem>()
  const [filter, setFilter] = useState<ItemFilter>(initial)
  const exporting = useItemExport('all', filter)
  const mayPrint = useHasRole('schoolRegistrar')
  const [selected, setSelected] = useState<ReadonlyMap<string, ItemRow>>(new Map())
  const printing = useCollectionPrinting()
  const columns = useMemo(
    () =>
      searchColumns(!isSchool, {
        key: 'actions',
        title: '操作',
        width: isSchool ? 208 : 148,
        fixed: 'right',
        render: (item) => (
          <>
            <Button
              type="link"
              size="small"
              className="xj-reg-link"
              onClick={() => setShown({ id: item.id, tab: 'values' })}
            >
              查看
            </Button>{' '}
            <Button
              type="link"
              size="small"
              className="xj-reg-link"
              onClick={() => setShown({ id: item.id, tab: 'timeline' })}
            >
              查看审核过程
            </Button>{' '}
            {item.status === 'ended' && item.commands.includes('resubmit') ? (
              <Link className="xj-reg-link" to={`/registration/returned/${item.id}`}>
                重新发起
              </Link>
            ) : null}
          </>
        ),
      }),
    [isSchool],
  )
  return (
    <PageFrame title="学籍注册查询">
      <ListPage<ItemRow, ItemFilter>
        queryKey={KEYS.items('all')}
        load={(args) => loadItems('all', args)}
        columns={columns}
        rowKey={(item) => item.id}
        settingsKey="registration.search"
        initialFilter={initial}
        conditions={<SearchConditions isSchool={isSchool} grades={structure?.grades ?? []} />}
        onRowOpen={(item) => setShown({ id: item.id, tab: 'values' })}
        onFilterChange={setFilter}
        {...(mayPrint ? { selection: { mode: 'many', selected, onChange: setSelected } } : {})}
        batchBar={(chosen) => (
          <Button size="small" loading={printing.busy} onClick={() => printing.start({ ids: [...chosen.keys()] })}>
            打印采集表
          </Button>
        )}
        toolbar={
          exporting || initial.importBatchId ? (
            <>
              {exporting}
              {initial.importBatchId ? (
                <span className="xj-reg-narrowed">
                  只显示一次导入的学生
                  <Button
                    type="link"
                    size="small"
                    className="xj-reg-link"
                    onClick={() => setParams({}, { replace: true })}
                  >
                    显示全部
                  </Button>
                </span>
              ) : null}
            </>
          ) : null
        }
      />
      {printing.preview}
      <ItemDrawer
        shown={shown}
        onTab={(tab) => shown && setShown({ ...shown, tab })}
        onClose={() => setShown(undefined)}
      />
    </PageFrame>
  )
}
