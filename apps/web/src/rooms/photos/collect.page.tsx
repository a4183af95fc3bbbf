import { useQueryClient } from '@tanstack/react-query'
import type { PhotoTarget, PhotoView } from '@xueji/contracts/pipeline/photo.api'
import { Button, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { ErrorView } from '../../shared/error-view.tsx'
import { ListExport } from '../../shared/export/list-export.tsx'
import { useLiveEvents } from '../../shared/live.ts'
import { PageFrame } from '../../shared/page-frame.tsx'
import { useHasRole } from '../../shared/session.tsx'
import { ClassRail } from './class-rail.tsx'
import { PackageButton } from './package-button.tsx'
import { PackageDrawer } from './package-drawer.tsx'
import { PhotoGrid } from './photo-grid.tsx'
import { PHOTOS, type Target, usePhotoClasses } from './photos.queries.ts'
import './photos.css'

const EXPORT = { room: '/api/rooms/registration', list: 'photos' } as const

/** 学生照片采集: class by class who has a photograph; packages in, packages out, single ones by drag and drop. */
export function PhotoCollectPage() {
  const { data: classes, error, refetch } = usePhotoClasses()
  const mayChange = useHasRole('schoolRegistrar')
  const [picked, setPicked] = useState<string | null>()
  const [view, setView] = useState<PhotoView>('all')
  const [wished, setWished] = useState<PhotoTarget>('class')
  const [records, setRecords] = useState<{ open: boolean; id?: string }>({ open: false })
  const client = useQueryClient()
  useLiveEvents((event) => {
    if (event.topic === 'photo') void client.invalidateQueries({ queryKey: PHOTOS })
  })
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!classes) return <Skeleton active paragraph={{ rows: 10 }} />

  const chosen = classes.find(({ classId }) => classId === picked) ?? classes[0]
  const { classId, className, gradeId, gradeName, students, photos } = chosen ?? NOWHERE
  // Who stands in no class can only be meant with the grade or the school.
  const wish = (wished === 'class' && !classId) || (wished === 'grade' && !gradeId) ? 'school' : wished
  const target: Target =
    wish === 'class'
      ? { target: wish, targetId: classId! }
      : wish === 'grade'
        ? { target: wish, targetId: gradeId! }
        : { target: wish }
  const conditions = {
    view: 'all',
    ...(wish === 'class' ? { classId: classId! } : wish === 'grade' ? { gradeId: gradeId! } : {}),
  } as const
  const targetName = { class: className, grade: gradeName, school: '全校' }[wish]
  return (
    <PageFrame title="学生照片采集">
      <div className="xj-photos">
        <ClassRail classes={classes} value={classId} onChange={setPicked} />
        <div className="xj-photo-side">
          <header className="xj-photo-bar">
            <Segmented<PhotoView>
              value={view}
              onChange={setView}
              options={[
                { value: 'all', label: `全部 ${students}` },
                { value: 'missing', label: `缺照片 ${students - photos}` },
                { value: 'present', label: `有照片 ${photos}` },
              ]}
            />
            {mayChange ? (
              <>
                <label className="xj-photo-target" htmlFor="photo-target">
                  范围
                </label>
                <Segmented<PhotoTarget>
                  id="photo-target"
                  value={wish}
                  onChange={setWished}
                  options={[
                    { value: 'class', label: '本班', disabled: !classId },
                    { value: 'grade', label: '本年级', disabled: !gradeId },
                    { value: 'school', label: '全校' },
                  ]}
                />
                <PackageButton
                  target={target}
                  targetName={targetName}
                  onSent={(id) => setRecords({ open: true, id })}
                />
              </>
            ) : null}
            <ListExport source={EXPORT} conditions={conditions} />
            <Button onClick={() => setRecords({ open: true })}>上传记录</Button>
            <p className="xj-muted">
              jpg，小于 60KB，358×441 像素（同比例更大的自动缩小），淡蓝色背景，正面免冠，头部约占三分之二
              {mayChange ? '；把照片拖到学生上即可上传或更换' : ''}
            </p>
          </header>
          <PhotoGrid classId={chosen ? classId : undefined} view={view} />
        </div>
      </div>
      <PackageDrawer
        open={records.open}
        chosen={records.id}
        onChoose={(id) => setRecords({ open: true, id })}
        onClose={() => setRecords({ open: false })}
      />
    </PageFrame>
  )
}

const NOWHERE = { classId: null, className: '', gradeId: null, gradeName: '', students: 0, photos: 0 }
