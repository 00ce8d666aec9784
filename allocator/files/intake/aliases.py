"""Headings as bureaus write them, besides the titles of the fields; names of sheets likewise."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.files.intake.recognition import Key

Aliases = Mapping[str, str]
"""Field or key -> other headings, one after another."""

_SCHOOL_NAME = "学校名称 学校 单位 单位名称 校名 学校全称 所在学校 所属学校 所在单位"
_SCHOOL = {"school": f"{_SCHOOL_NAME} 法人单位 本部"}
_STAGE = {"stage": "学段 任教学段 所在学段 学段类别 阶段"}
_SUBJECT = {"subject": "学科 科目 任教学科 学科名称"}
_TEACHER = {"teacher": "教职工号 工号 教师编号 人员编号 教师工号 职工号 职工编号 教师号 教师代码"}
_NUMBER = _TEACHER["teacher"]

FIELDS: Mapping[str, Aliases] = {
    "county": {"as_of": "统计时间 数据时间 统计年月", "post_pool": "周转池 周转编制"},
    "zones": {"id": "片区代码", "name": "片区 片区名称 学区 学区名称"},
    "groups": {"id": "集团代码", "name": "集团 集团名称 教育集团 教育集团名称"},
    "townships": {
        "id": "镇街代码 乡镇代码",
        "name": "镇街 镇街名称 乡镇 乡镇名称 镇(街道) 镇(街道)名称",
        "kind": "类型 类别",
        "area_class": "城乡类型 城乡类别 城乡分类 区域类型",
        "zone": "片区 所属片区 所在片区 学区 所属学区",
        "latitude": "纬度 北纬",
        "longitude": "经度 东经",
    },
    "subjects": {
        "id": "学科代码", "name": "学科 学科名称 科目", "primary_load": "小学周课时 小学工作量",
        "junior_load": "初中周课时 初中工作量",
    },
    "schools": {
        "id": "学校代码 单位代码 学校标识码 学校编码 机构代码",
        "name": _SCHOOL_NAME,
        "private": "是否民办 办学性质 学校性质 办别 民办学校 公民办 公办民办",
        "quality": "优质 是否优质 优质校 优质学校 是否优质学校",
        "weak": "薄弱 薄弱校 是否薄弱 薄弱学校 是否薄弱学校",
        "group": "集团 所属集团 教育集团名称 所属教育集团 集团名称",
        "opened": "开办时间 建校时间 建校年月 成立时间 开办日期",
        "establishment": "编制数 核编数 核定编制数 核定编制 教职工编制数 总编制数 编制总数",
        "non_teaching_posts": "非教学岗位数 非教学人员岗位 教辅后勤岗位",
        "posts_professor": "正高级岗位 正高岗位 正高级职数",
        "posts_senior": "高级岗位 副高岗位 高级职数 副高级岗位数",
        "posts_middle": "中级岗位 中级职数 一级教师岗位数",
        "posts_junior": "初级岗位 初级职数",
    },
    "campuses": {
        "id": "校区代码",
        "name": "校区 校区名称",
        **_SCHOOL,
        "township": "镇街 所在镇街 所属镇街 乡镇 乡镇街道 镇(街道) 所在乡镇 所属乡镇 所在镇 属地 "
        "所在镇(街道) 所属镇(街道)",
        "area_class": "城乡类型 城乡类别 城乡分类 区域类型 所在区域 地域类别",
        "latitude": "纬度 北纬",
        "longitude": "经度 东经",
    },
    "sections": {
        **_SCHOOL,
        "campus": "校区 校区名称 所在校区",
        **_STAGE,
        "pupils": "学生数 在校生数 在校学生数 学生人数 在校生 在校学生 学生总数 在校生人数 学生",
        "graduates": "毕业生数 毕业生人数 应届毕业生数 应届毕业生",
        "registered_graduates": "三年学籍 三年学籍毕业生数 三年学籍人数 三年学籍学生数 "
        "符合条件毕业生数",
        "floor_area": "教学用房面积 教学及辅助用房面积 教学辅助用房面积",
        "sports_area": "体育场馆面积 运动场面积 体育运动场馆面积 运动场地面积",
        "equipment": "教学仪器设备值 教学设备值 仪器设备值 设备总值 教学仪器设备总值",
        "multimedia_rooms": "多媒体教室数 网络多媒体教室数 多媒体教室间数",
    },
    "extra_periods": {
        **_SCHOOL, "campus": "校区 校区名称", **_STAGE, **_SUBJECT, "periods": "另计课时 任务课时",
    },
    "posts": {
        **_SCHOOL, **_STAGE, **_SUBJECT,
        "posts": "核定岗位 核定岗位数 商定岗位 商定岗位数 岗位数 定岗数",
        "reason": "商定原因 调整说明 调整原因",
    },
    "roads": {"from": "起点镇街 起点", "to": "终点镇街 终点",
              "minutes": "单程时间 车程 用时 时间 行车时间 路程"},
    "times": {"from": "起点校区 起点学校 起点", "to": "终点校区 终点学校 终点",
              "minutes": "单程时间 车程 用时 时间 行车时间 路程"},
    "teachers": {
        "id": _NUMBER,
        "name": "教师姓名 老师姓名 教职工姓名 姓名(中文)",
        "campus": "校区 所在校区 校区名称 现任教校区",
        **_STAGE,
        "subject": "任教学科 教授科目 任教科目 主教学科 科目 所教学科 现任教学科 任课学科 "
        "主要任教学科 任教主学科 教授学科 现教学科",
        "also_teaches": "兼课学科 兼任学科 兼教科目 第二学科 兼课 兼课科目",
        "born": "出生日期 出生年月日 出生时间 生日 出生",
        "entered_work": "参加工作时间 参加工作日期 工作时间 参工时间 参加工作年月日 参加工作 "
        "何时参加工作 工作年月",
        "entered_school": "进校时间 到本校时间 进本校时间 到校时间 来校时间 进入本校时间 "
        "调入本校时间 到现任教学校时间 进本校日期 到本校年月 来本校时间 进校年月 来校年月 "
        "现校任教起始年月 到现学校时间 调入现学校时间 进入现学校年月 到本校工作时间",
        "title": "专业技术职务 职称等级 专业技术职称 现聘职称 专技职务 专业技术资格 现有职称 "
        "聘任职称 现任专业技术职务 教师职称",
        "degree": "最高学历 学历层次 文化程度 最后学历 现学历 学历情况",
        "honours": "荣誉 骨干称号 骨干情况 名优教师称号 名师称号 骨干层次 名优称号 荣誉级别 "
        "获得荣誉 最高荣誉 骨干教师称号 名优骨干称号 骨干教师类别",
        "role": "行政职务 现任职务 校内职务 担任职务 岗位职务 任职情况",
        "employment": "编制性质 是否在编 编制 编制类型 编制情况 人员性质 用工形式 聘用形式 "
        "在编情况 是否事业编 是否占编",
        "status": "在岗状态 在岗情况 岗位状态 状态 在职状态 人员情况",
        "exemptions": "暂缓交流情形 暂不交流情形 不交流原因 免交流情形 暂不交流原因 豁免情形 "
        "暂缓原因",
        "points": "积分 总积分 交流积分 核定积分 量化积分",
        "rural_years": "农村任教年限 农村教龄 农村学校任教年限 乡村任教年限 乡村教龄 农村工作年限 "
        "农村任教年数",
        "graduating": "是否毕业班 毕业班教师 任教毕业班 是否任教毕业班 是否毕业班教师",
        "volunteer": "是否自愿交流 自愿 自愿报名 是否自愿 主动申请交流 申请交流",
        "reduction": "减课 减课时 减免课时 减课节数 减课时数",
        "home_zone": "居住地片区 家庭住址片区 居住区域 居住地",
        "preferences": "志愿 志愿学校 交流志愿 意向学校 意向 交流意向学校",
        "certificates": "教师资格 教师资格证 教师资格学科 教师资格种类 资格证学科 教师资格证学科 "
        "教师资格证种类 教师资格证种类及学科",
        "term_home": "原单位 原学校 派出学校 交流前学校 原任教学校 原校区",
        "term_started": "交流开始时间 交流起始时间 支教开始时间 交流起始年月 开始年月",
        "term_ends": "交流结束时间 期满时间 支教结束时间 交流期满年月 结束年月",
        "term_goes_on": "是否续任 续任",
    },
    "certificates": {**_TEACHER, "stage": "资格学段 学段", "subject": "资格学科 学科"},
    "pins": {**_TEACHER, "kind": "指定方式", "campus": "指定校区 指定学校", "reason": "指定理由"},
    "corrections": {
        **_TEACHER,
        "status": "更正 学校更正 核实结果 更正资格 学校核实意见",
        "ground": "更正情形 更正暂缓情形",
        "note": "更正原因",
        "confirmed_by": "核实人 确认人签字 学校确认人",
    },
    "retirement": {"age_months": "退休月龄"},
    "supply": {**_STAGE, **_SUBJECT, "count": "人数 招聘人数 计划人数 招聘计划数",
               "degree": "学历 最低学历", "kind": "来源 补充方式"},
    "rounds": {"kind": "轮次形式", "name": "轮次 轮次名称"},
    "appointments": {**_TEACHER, "campus": "聘任学校 聘任单位 拟聘学校", "kind": "聘任方式"},
    "rankings": {"applicants": "报名者 排序名单 报名者排序"},
    "kinships": {"kind": "关系类型", "first": "教师甲 甲方工号 一方工号", "second":
                 "教师乙 乙方工号 另一方工号"},
    "vetoes": {**_SCHOOL, **_TEACHER, "reason": "保留理由", "against": "学校意见"},
    "senior_highs": {
        "id": "学校代码 高中代码 招生代码",
        "name": "学校名称 高中学校 高中 高中名称 招生学校 学校",
        "places": "招生计划 招生计划数 计划数 招生数 招生总数 计划招生数",
        "quality": "优质 是否优质示范 优质示范 优质示范高中 是否优质示范高中",
        "quota_share": "名额比例 分配比例 名额分配比例 分配生比例 定向比例",
        "quota_places": "分配名额 名额分配数 分配生数 定向名额 分配名额数 分配生计划",
        "self_recruitment": "自主招生 自主招生数 自主招生计划",
        "specialty": "特长招生 特长生 特长生计划 特长招生数",
        "unified": "统一招生 统招 统招数 统招计划 统一招生数",
        "score_floor": "最低控制线 名额分配最低控制线 最低分数线",
        "admission_area": "招生范围 招生区域",
    },
    "figures": {"school": "初中 初中名称 学校名称 学校", "amount": "数值", "name": "指标名称"},
    "past_quotas": {
        "year": "年度 年份",
        "senior_high": "高中学校 高中名称 招生学校",
        "junior_high": "初中 初中名称 毕业学校",
        "places": "名额 名额数 分配名额 分配名额数",
        "filled": "录取数 实际录取 实际录取数 完成数",
    },
}  # fmt: skip
"""Table -> field -> other headings."""

KEYS: Mapping[Key, str] = {
    "teacher": _NUMBER,
    "name": "姓名 教师姓名",
    "identity": "身份证号 身份证 身份证号码 证件号 证件号码 身份证件号 身份证件号码 公民身份号码",
    "born": "出生年月 出生日期",
    "sex": "性别",
    "school": f"{_SCHOOL_NAME} 任教学校 现任教学校 现任学校 现任职学校 工作单位 现工作单位 "
    "现单位 任职单位 现任职单位 现任教单位 现学校 所在学校名称 单位(学校) 学校(单位) 任职学校 "
    "交流轮岗单位 交流单位",
    "campus": "校区 所在校区",
    "stage": "学段",
    "subject": "学科 任教学科",
}
"""What a column says of whom a row is about, in a table that has no such field."""

ABOUT_PEOPLE: Mapping[str, tuple[Key, ...]] = {
    "teachers": ("identity", "school"),
    "certificates": ("name", "identity", "born", "school"),
    "pins": ("name", "identity", "born", "school"),
    "corrections": ("name", "identity", "born", "school", "campus", "stage", "subject"),
    "appointments": ("name", "identity", "born", "school"),
    "vetoes": ("name", "identity", "born"),
}
"""Tables whose rows are about one person each, and the keys they may have."""

SHEETS: Mapping[str, str] = {
    "teachers": "教师 教师花名册 教师名册 教师基本信息 教师信息 教师名单 花名册 教师情况 教职工 "
    "教师一览 教师基本情况",
    "schools": "学校 学校基本情况 学校信息 学校一览 学校名单 学校基本信息",
    "sections": "班级 班级学生 班级数 学生数 班额 在校生 班级情况 学生情况",
    "campuses": "校区 校区信息",
    "senior_highs": "普通高中 高中招生 招生计划 高中学校",
    "posts": "岗位 岗位表 编制岗位 定编定岗",
    "corrections": "交流资格 资格核实 资格更正",
    "past_quotas": "往年名额 历年名额 上年名额",
    "appointments": "聘任结果 竞聘结果",
    "times": "校区间路程 校际路程",
    "roads": "镇街间道路 镇街路程",
    "kinships": "亲属 亲属关系",
    "supply": "招聘计划 补充来源",
    "townships": "镇街 乡镇",
    "subjects": "课程计划 课时标准",
}
"""Table -> words that name it in the name or the title of a sheet."""

OWN: Mapping[str, frozenset[str]] = {
    "sections": frozenset(
        (
            "pupils", "graduates", "registered_graduates", "floor_area", "sports_area",
            "equipment", "multimedia_rooms", *(f"classes_{grade}" for grade in range(1, 10)),
        )
    ),
    "campuses": frozenset(("township", "area_class", "latitude", "longitude")),
    "schools": frozenset(
        (
            "private", "quality", "weak", "group", "opened", "establishment",
            "non_teaching_posts", "posts_professor", "posts_senior", "posts_middle",
            "posts_junior",
        )
    ),
    "corrections": frozenset(("status", "ground")),
}  # fmt: skip
"""Fields by which a table shows that it is there too."""
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "schools": ("campuses", "sections"),
    "campuses": ("schools", "sections"),
    "sections": ("schools", "campuses"),
    "teachers": ("corrections",),
}
"""Tables that one sheet may hold besides the one it is."""

LEFT = frozenset(
    (
        "序号", "编号", "备注", "电话", "联系电话", "手机", "手机号", "手机号码", "住址",
        "家庭住址", "通讯地址", "地址", "民族", "政治面貌", "籍贯", "毕业院校", "毕业学校",
        "毕业时间", "所学专业", "专业", "学位", "年龄", "教龄", "工龄", "岗位等级",
        "是否专任教师", "邮箱", "证件类型", "身份证有效期", "任教班级", "任教年级", "周课时",
        "周课时数", "第一学历", "全日制学历", "校长", "校长姓名", "联系人", "签名", "签字",
        "照片", "是否特级教师", "是否县级及以上骨干教师", "合计", "总计", "小计", "小计人数",
    )
)  # fmt: skip
"""Headings known to say nothing of a field, however much they look like one."""

_NUMERALS = "一二三四五六七八九"
_LOWER = {7: "初一", 8: "初二", 9: "初三"}
CLASS_GROUPS = (
    "班级数", "班数", "教学班数", "教学班", "各年级班级数", "各年级班数", "班级", "班额",
    "年级班数", "各年级教学班数",
)  # fmt: skip
PERIOD_GROUPS = ("周课时", "课时", "每周节数", "周节数", "周课时数", "各年级周课时")


def grade_words(grade: int) -> tuple[str, ...]:
    """How a grade is called."""
    words = [f"{grade}年级", f"{_NUMERALS[grade - 1]}年级"]
    return (*words, _LOWER[grade]) if grade in _LOWER else tuple(words)
