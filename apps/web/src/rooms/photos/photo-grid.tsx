import { useQueryClient } from '@tanstack/react-query'
import type { PhotographedStudent, PhotoView } from '@xueji/contracts/pipeline/photo.api'
import { Button, Empty, Image, Skeleton } from 'antd'
import { useState } from 'react'
import { ErrorView } from '../../shared/error-view.tsx'
import { useNotice } from '../../shared/notice.ts'
import { useHasRole } from '../../shared/session.tsx'
import { PhotoCard } from './photo-card.tsx'
import { whyNotPhoto } from './photo-file.ts'
import { PHOTOS, sendPhoto, usePhotoStudents } from './photos.queries.ts'

const NOBODY: Record<PhotoView, string> = { all: '没有在校生', missing: '全部学生都有照片', present: '还没有照片' }

/** The children of a class with their photographs, the missing ones marked. Background and posture are judged here, by eye (PHO-001, PHO-003). */
export function PhotoGrid({ classId, view }: { classId: string | null | undefined; view: PhotoView }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = usePhotoStudents(classId, view)
  const mayChange = useHasRole('schoolRegistrar')
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const client = useQueryClient()
  const notice = useNotice()

  const upload = async ({ id, name }: PhotographedStudent, file: File): Promise<void> => {
    const refusal = whyNotPhoto(file, new Uint8Array(await file.slice(0, 16).arrayBuffer()))
    if (refusal) return notice.warning(`${name}：${refusal}`)
    setBusy((now) => new Set([...now, id]))
    try {
      await sendPhoto(id, file)
      await client.invalidateQueries({ queryKey: PHOTOS })
      notice.success(`${name}的照片已入库`)
    } catch (failure) {
      notice.error(failure)
    } finally {
      setBusy((now) => new Set([...now].filter((one) => one !== id)))
    }
  }
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active className="xj-photo-waiting" paragraph={{ rows: 8 }} />
  const students = data.pages.flatMap(({ rows }) => rows)
  if (students.length === 0)
    return <Empty className="xj-photo-waiting" image={Empty.PRESENTED_IMAGE_SIMPLE} description={NOBODY[view]} />
  return (
    <div className="xj-photo-scroll">
      <Image.PreviewGroup>
        <ul className="xj-photo-grid">
          {students.map((student) => (
            <PhotoCard
              key={student.id}
              student={student}
              mayChange={mayChange}
              busy={busy.has(student.id)}
              onPhoto={(file) => void upload(student, file)}
            />
          ))}
        </ul>
      </Image.PreviewGroup>
      {hasNextPage ? (
        <Button className="xj-photo-more" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          显示更多学生
        </Button>
      ) : null}
    </div>
  )
}
