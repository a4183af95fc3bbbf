/** Refusals of whole requests: id → what happened and what to do. The error body carries id, sentence and request id. */
export const REFUSALS = {
  'auth.required': [401, '登录已失效，请重新登录'],
  'auth.invalid': [401, '用户名或密码不正确，连续 5 次错误将锁定 30 分钟'],
  'auth.locked': [423, '登录失败次数过多，账号已锁定 30 分钟，请稍后再试'],
  'auth.passwordExpired': [403, '密码已过期，请先修改密码'],
  'auth.mustChangePassword': [403, '首次登录须先修改初始密码'],
  'auth.csrf': [403, '页面已过期，请刷新后重试'],
  'auth.wrongPassword': [422, '原密码不正确'],
  'auth.weakPassword': [
    422,
    '新密码须 10 至 64 位，且至少包含大写字母、小写字母、数字、符号中的三类，不能与原密码或用户名相同',
  ],
  forbidden: [403, '您的角色没有办理此项业务的权限'],
  notFound: [404, '没有找到该记录，或不在您的权限范围内'],
  'request.invalid': [400, '提交的内容不符合要求'],
  'request.tooLarge': [413, '提交的内容过大'],
  'request.tooMany': [429, '操作过于频繁，请稍后再试'],
  'request.keyReused': [409, '同一次提交的内容前后不一致，请刷新页面后重试'],
  'request.keyMissing': [400, '缺少提交标识，请刷新页面后重试'],
  'request.inProgress': [409, '上一次提交还在处理，请稍候'],
  unavailable: [503, '系统繁忙或正在恢复，请稍后重试，已提交的内容不会丢失'],
  internal: [500, '系统出现错误，请记下请求编号并联系系统管理员'],
  'review.alreadyDecided': [409, '该记录已被处理，请刷新列表'],
  'review.notYourStep': [403, '该记录不在您的办理环节'],
  'review.selfReview': [403, '申请人不能审核自己提交的记录'],
  'review.opinionRequired': [422, '审核不通过时必须填写审核意见'],
  'review.checkPending': [409, '查重认证尚未完成，不能审核'],
  'review.duplicate': [409, '查重不通过，不能审核，系统将自动结束该业务'],
  'review.unverified': [409, '身份认证不通过，当前设置不允许审核通过'],
  'review.notReturned': [409, '只有退回的记录可以修改或删除'],
  'review.batchTooLarge': [422, '一次最多处理 100000 条，请缩小查询条件'],
  'register.numberTaken': [409, '该身份证件号对应的学籍号已被他人占用，请先核实'],
  'register.numbersExhausted': [409, '该县区该出生日期的临时学籍号已用尽，请联系系统管理员'],
  'register.rowInvalid': [422, '填写的内容未通过校验'],
  'import.noFile': [400, '请选择要上传的 Excel 文件'],
  'import.tooLarge': [413, '文件超过 32MB，请分批导入'],
  'import.notFinished': [409, '该文件仍在处理，请稍候'],
  'import.grade': [409, '本校尚未建立本学年一年级，请先在年级信息管理中建立'],
  'import.stage': [409, '本校未开设小学，不能办理小学新生注册'],
  'class.full': [409, '该年级班级已达 99 个'],
  'grade.exists': [409, '该年级已存在'],
  'grade.stage': [422, '本校未开设该教育阶段'],
  'grade.inUse': [409, '该年级或班级下已有学生或班级，不能删除'],
  'workflow.notUpward': [422, '审核环节必须逐级向上'],
  'workflow.mustStartAtSchool': [422, '该业务的审核环节必须从学校开始'],
  'workflow.mustReachProvince': [422, '无身份证件类业务的审核环节必须包含省级'],
  'workflow.unknownBusiness': [422, '业务类别不存在'],
  'workflow.exists': [409, '同一业务、办学类型、教育阶段在该作用范围内已有配置'],
} as const satisfies Record<string, readonly [number, string]>

/** Id of a refusal. */
export type RefusalId = keyof typeof REFUSALS

/** HTTP status of a refusal. */
export const refusalStatus = (id: RefusalId): number => REFUSALS[id][0]

/** The sentence of a refusal. */
export const refusalMessage = (id: RefusalId): string => REFUSALS[id][1]

/** What is wrong with a whole uploaded file, by the reader's code: title and what to do. */
export const FILE_REFUSALS: Readonly<Record<string, readonly [string, string]>> = {
  empty: ['文件是空的', '请重新选择填写好的 Excel 文件'],
  notWorkbook: ['这不是 Excel 文件', '请上传用本页“下载模板”得到并填写的 .xlsx 文件'],
  text: ['这不是 Excel 文件', '文件内容是网页或 XML，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传'],
  tooLargeUnlessXlsx: [
    '文件超过 10MB',
    '.xls、.ods、.csv 文件不能超过 10MB，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传',
  ],
  legacyXls: ['这是旧版 .xls 文件', '请用 Excel 或 WPS 打开后另存为 .xlsx 再上传'],
  openDocument: ['这是 .ods 文件', '请在软件中另存为“Excel 工作簿（.xlsx）”再上传'],
  encrypted: ['文件设有打开密码', '请在 Excel 中取消密码（文件—信息—保护工作簿）后重新上传'],
  macro: ['文件含有宏', '请另存为不含宏的 .xlsx 工作簿后重新上传'],
  externalLink: ['文件引用了其他工作簿', '请在“数据—编辑链接”中断开链接后重新上传'],
  doctype: ['文件内容不符合 Excel 格式', '请用 Excel 或 WPS 重新保存后再上传'],
  tooManyEntries: ['文件结构异常', '请把名单复制到新下载的模板中再上传'],
  tooLarge: ['文件解压后过大', '请只保留名单工作表，删除多余的工作表、图片和空白行后再上传'],
  ratio: ['文件结构异常', '请把名单复制到新下载的模板中再上传'],
  truncated: ['文件不完整', '文件可能没有保存完或传输中断，请重新保存后上传'],
  damaged: ['文件已损坏', '请用 Excel 或 WPS 打开并重新保存后再上传'],
  binaryWorkbook: ['这是 .xlsb 文件', '请在 Excel 中另存为“Excel 工作簿（.xlsx）”再上传'],
  noSheet: ['文件里没有工作表', '请使用本页下载的模板'],
  headerMissing: ['没有找到表头', '请使用本页下载的模板，不要删除或修改表头行'],
  columnsMissing: ['缺少必需的列', '请使用本页下载的模板，或补齐所缺的列'],
  columnsDuplicated: ['有重复的列', '同一列名只能出现一次，请删除重复的列'],
  otherTemplate: ['模板不对', '请核对注册类别，重新下载对应的模板填写'],
  noRows: ['表中没有数据', '请在表头下方填写学生后再上传'],
  tooManyRows: ['数据行过多', '一次最多导入 100000 行，请分批上传'],
  tooSlow: ['文件处理超时', '请删除多余的工作表、格式和空白行后再上传'],
  stopped: ['处理被中断', '请重新上传'],
  'import.grade': ['本校尚未建立本学年一年级', '请先在年级信息管理中建立，再重新上传'],
  'import.stage': ['本校未开设小学', '本校不能办理小学新生注册'],
}
