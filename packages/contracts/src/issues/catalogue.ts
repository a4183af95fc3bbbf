import { verificationFaultText } from '@xueji/domain/duplicates/verdict'
import type { Issue } from '@xueji/domain/kernel/issue'

/** What a sentence may use: the column's label, the value as typed, the issue's own parameters. */
type Context = {
  readonly label: string
  readonly value: string
  readonly params: Readonly<Record<string, string | number>>
}

/** One kind of issue: what is wrong (问题说明, wording of REG-008/009) and what to do about it. */
type Wording = { readonly message: (context: Context) => string; readonly advice: (context: Context) => string }

const say = (message: string | Wording['message'], advice: string | Wording['advice']): Wording => ({
  message: typeof message === 'string' ? () => message : message,
  advice: typeof advice === 'string' ? () => advice : advice,
})

const OF_ENTRY: Readonly<Record<string, string>> = {
  resident: '居民身份证学生',
  overseas: '港澳台和外籍学生',
  undocumented: '无身份证件学生',
}

const member = ({ params }: Context): string => `成员${params.member}`

/** Every issue a registrar can meet, worded once (architecture §6.7). */
export const ISSUE_CATALOGUE: Readonly<Record<string, Wording>> = {
  'shape.required': say(
    ({ label }) => `${label}不能为空`,
    ({ label }) => `红字列必须填写，请补填${label}`,
  ),
  'shape.code': say(
    ({ label }) => `${label}填写不正确`,
    ({ params }) =>
      params.suggestion ? `请填“${params.suggestion}”，或从下拉列表中选择` : '请从该列的下拉列表中选择，填写名称',
  ),
  'shape.tooLong': say(
    ({ label, params }) => `${label}超过${params.max}个字符`,
    ({ params }) => `请缩短到${params.max}个字符以内`,
  ),
  'shape.date': say(({ label }) => `${label}格式不正确`, '请按 YYYYMMDD 填写真实存在的日期，例如 20200315'),
  'shape.yearMonth': say(({ label }) => `${label}格式不正确`, '请按 YYYYMM 填写，例如 202609'),
  'shape.region': say(({ label }) => `${label}格式不正确`, '请填 12 位数字的行政区划代码，例如 440202000000'),
  'shape.phone': say(({ label }) => `${label}格式不正确`, '请填 11 位手机号，或带区号的固定电话，例如 0751-8888888'),
  'shape.postcode': say(({ label }) => `${label}格式不正确`, '请填 6 位数字；以 0 开头时请先把单元格设为文本格式'),
  'shape.email': say(({ label }) => `${label}格式不正确`, '请填含 @ 的电子信箱，没有可不填'),
  'shape.decimal': say(({ label }) => `${label}格式不正确`, '请填 0 到 999.9 之间的数，最多一位小数'),
  'shape.digits': say(({ label }) => `${label}格式不正确`, '只能填数字'),
  'shape.personName': say(
    ({ label }) => `${label}格式不正确`,
    '请填户籍登记的姓名：2 到 50 个汉字，可含“·”，不含空格、数字和其他符号',
  ),
  'shape.foreignName': say(
    ({ label }) => `${label}格式不正确`,
    '请填证件上的姓名：2 到 50 个汉字或拉丁字母，字母之间可有空格、连字符、撇号，不含数字和其他符号',
  ),
  'shape.latinName': say(
    ({ label }) => `${label}格式不正确`,
    '只能填拉丁字母，字母之间可有空格、连字符、撇号、点，没有可不填',
  ),
  'shape.pinyin': say(({ label }) => `${label}格式不正确`, '只能填英文字母和空格，例如 SUNJIAYI；不填时按姓名自动生成'),
  'shape.validPeriod': say(
    ({ label }) => `${label}格式不正确`,
    '请按 2020.06.01-2025.06.01 填写，起始日期不晚于结束日期，或填“长期”',
  ),
  'cell.precisionLost': say(
    ({ label }) => `${label}以数字格式保存，末尾几位已经丢失`,
    '请把该列设为文本格式后重新录入完整号码',
  ),
  'cell.formula': say(({ label }) => `${label}是公式`, '请复制后“选择性粘贴—数值”，不要使用公式'),
  'cell.error': say(({ label }) => `${label}是错误值`, '请改为实际内容'),
  'identity.length': say(({ label }) => `${label}不是 18 位`, '居民身份证号必须是 18 位，请核对是否漏填或多填'),
  'identity.oldFormat': say(({ label }) => `${label}是 15 位旧号`, '请填 18 位居民身份证号'),
  'identity.characters': say(({ label }) => `${label}含有不允许的字符`, '前 17 位只能是数字，末位可以是 X'),
  'identity.province': say(({ label }) => `${label}前两位不是有效的省级代码`, '请核对证件号开头两位'),
  'identity.birthDate': say(({ label }) => `${label}中的出生日期无效`, '请核对第 7 至 14 位'),
  'identity.checkCharacter': say(({ label }) => `${label}校验位不正确`, '号码中至少有一位填错，请对照户口簿逐位核对'),
  'identity.mustBeEmpty': say(({ label }) => `${label || '身份证件号'}必须为空`, '无身份证件学生不填身份证件号'),
  'identity.overseasNumber': say(
    ({ label }) => `${label}格式不正确`,
    '请对照证件核对：只能填字母和数字（香港、澳门证件可含括号），护照 5 至 20 位，永久居住证 15 至 18 位，台湾通行证 8 至 20 位，香港、澳门证件 6 至 20 位',
  ),
  'identity.regionUnknown': say(
    ({ label, params }) => `${label}前 6 位 ${params.region} 不在现行区划表中`,
    '如证件无误可忽略（区划可能已撤并）',
  ),
  'identity.genderMismatch': say(
    '性别与身份证件号不一致',
    ({ label }) => `身份证件号第 17 位奇数为男、偶数为女，请核对${label}或证件号`,
  ),
  'identity.birthDateMismatch': say(
    '出生日期与身份证件号不一致',
    ({ params }) => `证件号中的出生日期是 ${params.expected}，请核对`,
  ),
  'identity.notForOther': say(
    '身份证件类型为“其他”时身份证件号应为空',
    '没有身份证件的学生不填证件号；有证件的请改选证件类型',
  ),
  'identity.overseasShape': say(
    ({ label }) => `${label}格式不正确`,
    '请对照证件填写：只含字母、数字（香港、澳门证件可含括号），不含空格',
  ),
  'duplicate.inFile': say(
    ({ params }) => `身份证件号与第 ${params.rows} 行重复`,
    '同一文件中每个证件号只能出现一次，请核对后删除或改正',
  ),
  'duplicate.auxiliaryNumberInFile': say(
    ({ params }) => `学籍辅号与第 ${params.rows} 行重复`,
    '学籍辅号在校内不得重复',
  ),
  'duplicate.seatNumberInFile': say(({ params }) => `班内学号与第 ${params.rows} 行重复`, '同一班内学号不得重复'),
  'duplicate.sameSchool': say('该身份证件号在本校已有学籍或在办注册', '请在学籍注册查询中核对，不要重复注册'),
  'duplicate.elsewhere': say(
    ({ params }) => `该身份证件号已由${params.where}登记`,
    '请核对证件号；确属本人的，由该生办理转学，或联系对方学校处理',
  ),
  'register.wrongIdentityType': say(
    '身份证件类型与所选注册类别不一致',
    ({ params }) => `本入口只用于${OF_ENTRY[params.identityClass ?? '']}，其他证件请从相应入口办理`,
  ),
  'register.nationalityNotChina': say(
    ({ params }) => (params.identityClass === 'undocumented' ? '国籍/地区填写不正确' : '国籍/地区与居民身份证不一致'),
    ({ params }) =>
      `${params.identityClass === 'undocumented' ? '无身份证件' : '持居民身份证'}的学生国籍/地区应为“中国”`,
  ),
  'register.nationalityChina': say(
    '国籍/地区不能是中国',
    '港澳台和外籍学生请选“中国香港”“中国澳门”“中国台湾”或所属国家',
  ),
  'register.overseasTypeNone': say('港澳台侨外不能为“否”', '请选香港同胞、外国人等与证件相应的一项'),
  'register.overseasTypeNotNone': say('港澳台侨外应为“否”', '无身份证件学生的港澳台侨外请选“否”'),
  'register.overseasTypeUnusual': say('港澳台侨外与身份证件类型通常不相配', '请核对两项，确属如此的可忽略'),
  'register.evidenceMissing': say('没有上传证明材料', '无身份证件学生须上传至少 1 张证明材料（JPG、PNG，不超过 2MB）'),
  'register.noSuchGrade': say('年级不存在', '请从下拉列表中选择本校年级，或先在年级信息管理中建立'),
  'register.gradeOfNewcomers': say('当年小学一年级不在本入口办理', '小学一年级新生请从小学新生注册办理'),
  'register.notYearOfGrade': say(
    '入学年月与年级不一致',
    ({ params }) => `该年级于 ${params.year} 年入学，请填 ${params.year} 年的年月，例如 ${params.year}09`,
  ),
  'register.enrolModeNotSenior': say(
    '入学方式填写不正确',
    '高中阶段只能选“统一招生考试/普通入学”“体育特招”“艺术特招”或“高中阶段其他”',
  ),
  'register.classOfOtherGrade': say(
    '班号不属于所填年级',
    ({ params }) => `请填 ${params.year} 级该年级的班号，或核对年级`,
  ),
  'register.otherSchool': say(
    '学校标识码不是本校标识码',
    ({ params }) => `本校标识码是 ${params.expected}，请核对是否误用了其他学校的名单`,
  ),
  'register.notThisYear': say(
    '入学年月不是当前学年',
    ({ params }) => `小学新生只能注册到 ${params.year} 年入学的一年级，例如 ${params.year}09`,
  ),
  'register.enrolModeNotCompulsory': say('入学方式填写不正确', '义务教育阶段只能选“就近入学”或“义务教育阶段其他”'),
  'register.noSuchClass': say(
    '班号不存在',
    ({ params }) => `请先在班级信息管理中建立 ${params.year} 级该班，或留空（未分班）`,
  ),
  'register.noSuchCampus': say('校区号不存在', '请先在校区信息中建立该校区；没有分校区的请留空'),
  'register.bornInFuture': say('出生日期晚于今天', '请核对出生日期'),
  'register.entryAge': say(
    '入学年龄不符合要求',
    ({ params }) =>
      `${params.year} 年 8 月 31 日应满 ${params.from} 至 ${params.to} 周岁，按出生日期为 ${params.age} 周岁`,
  ),
  'region.unknown': say(
    ({ label }) => `${label}不是有效的县级行政区划代码`,
    '前 6 位须为现行县级区划代码，后 6 位可填 0',
  ),
  'category.ruralImpliesLeftBehind': say('是否农村留守儿童为“是”时，是否留守儿童也应为“是”', '请核对两项'),
  'category.leftBehindTooOld': say('年满 16 周岁不能为留守儿童', '请改为“否”'),
  'category.workerImpliesMigrant': say('是否进城务工人员随迁子女为“是”时，是否随迁子女也应为“是”', '请核对两项'),
  'category.migrantAndRuralLeftBehind': say('同时填为随迁子女和农村留守儿童', '两者通常不会同时成立，请核对'),
  'category.purchasedPlaceInPublicSchool': say('公办学校的学生不能填“由政府购买学位”', '请改为“否”或留空'),
  'category.compulsoryOnly': say(({ label }) => `高中阶段${label}只能填“否”`, '该项只用于义务教育阶段，请改为“否”'),
  'category.leagueMemberTooYoung': say('共青团员须年满 14 周岁', '请核对政治面貌'),
  'guardian.noneIsGuardian': say('家庭成员中没有监护人', '至少一名成员的“是否监护人”应为“是”'),
  'guardian.noneHasResidentCard': say(
    '家庭成员中没有人持居民身份证',
    '无身份证件学生至少一名成员的身份证件类型应为“居民身份证”，且号码正确',
  ),
  'guardian.incomplete': say(
    ({ label }) => `${label}不能为空`,
    '已填写该成员的其他信息，请填全；没有该成员的请全部清空',
  ),
  'guardian.relationNoteMissing': say(
    (context) => `${member(context)}关系说明不能为空`,
    '关系为“其他”时请说明，例如 姑母',
  ),
  'guardian.identityTypeMissing': say(
    (context) => `${member(context)}身份证件类型不能为空`,
    '已填证件号，请选择证件类型',
  ),
  'guardian.identityNumberMissing': say(
    (context) => `${member(context)}身份证件号不能为空`,
    '已选证件类型，请填写证件号',
  ),
  'guardian.identityNumberCharacters': say(
    (context) => `${member(context)}身份证件号含有不允许的字符`,
    '只能是字母、数字、括号和短横线',
  ),
  'guardian.sameAsStudent': say((context) => `${member(context)}身份证件号与学生相同`, '请填写家庭成员本人的证件号'),
  'register.notOnPreschoolList': say(
    '未在学前调档名单中',
    '请先在学前调档名单管理中录入该生；已录入的，请核对姓名、证件类型和证件号是否与名单一致',
  ),
  'preschool.listed': say('该身份证号已录入，不允许重复录入', '该证件号已在本校或其他学校的学前调档名单中，请核对'),
  'preschool.registered': say(
    ({ params }) => `该身份证号已录入，不允许重复录入（已由${params.where}登记学籍）`,
    '该生已有学籍或在办注册，请核对证件号',
  ),
  'vocational.listed': say(
    '该生已在本校中职调档名单中，不允许重复录入',
    '请在名单中查询该证件号，已终止的可以重新录入',
  ),
  'vocational.studentNumber': say('学籍号格式不正确', '学籍号为 19 位，以 G、L 或 J 开头；不清楚的请留空'),
  'legacy.numberMissing': say('没有身份证件号', '请补填证件号；确实没有身份证件的学生，身份证件类型填“其他”'),
  'legacy.studentNumber': say(
    ({ label }) => `${label}不符合编码规则`,
    '学生照常导入，另行分配临时学籍号；原号有据可查的，请核对后重新导入',
  ),
  'legacy.noSchool': say(
    '学校标识码不在本单位辖区内',
    '请核对 10 位学校标识码；不属于本单位辖区的学校，由其主管教育部门或省级数据管理员导入',
  ),
  'legacy.noGrade': say('该校没有这个年级', '请核对年级名称，或由学校先在年级信息管理中建立'),
  'legacy.noClass': say('该校这个年级没有这个班号', '请核对 7 位班号，或由学校先在班级信息管理中建立；未分班的留空'),
  'legacy.inRegistration': say('该身份证件号正在办理学籍注册', '请待注册办结或结束后再导入本行，以免一人两份在办学籍'),
  'legacy.inArbitration': say(
    '该身份证件号的问题学籍正在仲裁',
    '仲裁中的问题学籍不再加入新的一方，请待仲裁结束后再导入本行',
  ),
  'register.numberTaken': say('该身份证件号对应的学籍号已被他人占用', '请先核实占用该号的学籍，再重新审核'),
  'register.numbersExhausted': say('该县区该出生日期的临时学籍号已用尽', '请联系系统管理员'),
  'check.unverified': say(
    ({ params }) =>
      `人口库认证不通过：${verificationFaultText(params.fault === 'nameMismatch' ? 'nameMismatch' : 'notFound')}`,
    '可以注册，将分配临时学籍号并生成问题学籍',
  ),
}

/** An issue in words: 问题说明 and what to do. An unknown code is a bug and throws. */
export function wordIssue(
  issue: Pick<Issue, 'code' | 'value' | 'params'>,
  label: string,
): { message: string; advice: string } {
  const wording = Object.hasOwn(ISSUE_CATALOGUE, issue.code) ? ISSUE_CATALOGUE[issue.code] : undefined
  if (!wording) throw new Error(`issue ${issue.code} has no wording`)
  const context = { label, value: issue.value ?? '', params: issue.params ?? {} }
  return { message: wording.message(context), advice: wording.advice(context) }
}
