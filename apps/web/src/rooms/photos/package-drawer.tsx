import { DownloadOutlined } from '@ant-design/icons'
import type { PhotoPackage } from '@xueji/contracts/pipeline/photo.api'
import { Alert, Button, Drawer, Empty, Progress, Segmented } from 'antd'
import { useState } from 'react'
import { formatInstant } from '../../shared/time.ts'
import { isUnderway, usePhotoFiles, usePhotoPackages } from './photos.queries.ts'

type View = 'refused' | 'stored' | 'all'

/** 上传记录: the recent packages, and file by file what became of the one looked at (PHO-007). */
export function PackageDrawer(props: {
  open: boolean
  chosen: string | undefined
  onChoose: (id: string) => void
  onClose: () => void
}) {
  const { open, chosen, onChoose, onClose } = props
  const { data } = usePhotoPackages()
  const shown = data?.find(({ id }) => id === chosen) ?? data?.[0]
  return (
    <Drawer open={open} onClose={onClose} size={920} destroyOnHidden title="照片上传记录">
      {data?.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有上传过压缩包" /> : null}
      <ul className="xj-photo-packages">
        {(data ?? []).map((pack) => (
          <li key={pack.id}>
            <button type="button" aria-pressed={pack.id === shown?.id} onClick={() => onChoose(pack.id)}>
              <strong>{pack.fileName}</strong>
              <span>{pack.targetName}</span>
              <span className="xj-muted">
                {pack.uploader} {formatInstant(pack.createdAt)}
              </span>
              <span>{summaryOf(pack)}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown ? <PackageReport pack={shown} /> : null}
    </Drawer>
  )
}

const summaryOf = ({ status, statusName, stored, refused }: PhotoPackage): string =>
  status === 'done' ? `已入库 ${stored}，未入库 ${refused}` : statusName

function PackageReport({ pack }: { pack: PhotoPackage }) {
  const [view, setView] = useState<View>('refused')
  const { data, hasNextPage, fetchNextPage } = usePhotoFiles(pack, view)
  const files = data?.pages.flatMap(({ rows }) => rows) ?? []
  if (pack.failure) return <Alert type="error" showIcon title={pack.failure.title} description={pack.failure.advice} />
  return (
    <section className="xj-photo-report" aria-label={`${pack.fileName}的处理结果`}>
      {isUnderway(pack) ? (
        <Progress percent={pack.total === 0 ? 0 : Math.floor((pack.done / pack.total) * 100)} status="active" />
      ) : null}
      <header>
        <Segmented<View>
          value={view}
          onChange={setView}
          options={[
            { value: 'refused', label: `未入库 ${pack.refused}` },
            { value: 'stored', label: `已入库 ${pack.stored}` },
            { value: 'all', label: `全部 ${pack.done}` },
          ]}
        />
        {isUnderway(pack) ? null : (
          <Button icon={<DownloadOutlined aria-hidden />} href={`/api/photo-packages/${pack.id}/report`} download>
            下载处理结果
          </Button>
        )}
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">文件名</th>
            <th scope="col">结果</th>
            <th scope="col">学生</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ position, name, stored, reason, studentName, className }) => (
            <tr key={position}>
              <td>{name}</td>
              <td className={stored ? 'xj-tone-success' : 'xj-tone-error'}>{reason ?? '已入库'}</td>
              <td>{[studentName, className].filter(Boolean).join('，')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasNextPage ? <Button onClick={() => void fetchNextPage()}>显示更多</Button> : null}
    </section>
  )
}
