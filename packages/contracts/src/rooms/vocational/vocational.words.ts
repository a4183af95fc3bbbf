import type { MatchStatus } from '@xueji/domain/continuation/match'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { Admission } from '@xueji/domain/rooms/vocational/admission'
import type { LineState } from '@xueji/domain/rooms/vocational/line-matrix'

/** 识别结果: the three states of attachment 2. */
export const MATCH_WORDS: Readonly<Record<MatchStatus, string>> = {
  '1': '已匹配学籍',
  '2': '待确认学籍',
  '3': '未查到学籍',
}

/** 接续状态 of a line. */
export const LINE_WORDS: Readonly<Record<LineState, string>> = {
  open: '待接续',
  continued: '已接续到中职',
  stopped: '已终止注册',
}

/** How a senior school has the child. */
export const ADMISSION_WORDS: Readonly<Record<Admission, string>> = {
  enrolled: '已被普通高中录取',
  registering: '正在普通高中注册',
}

/** How far a vocational school has come with a child of ours: asked for, continued, stopped, or no longer asked for. */
export type RequestState = 'asked' | 'continued' | 'stopped' | 'withdrawn'

/** 调档状态, as the child's school reads it. */
export const REQUEST_WORDS: Readonly<Record<RequestState, string>> = {
  asked: '已调档，待接续',
  continued: '已接续到中职',
  stopped: '中职已终止注册',
  withdrawn: '中职已撤回',
}

/** 教育阶段 by name. */
export const STAGE_WORDS: Readonly<Record<Stage, string>> = { 1: '小学', 2: '初中', 3: '高中' }
