"""The words that generated prose is put together from: ours, and many enough that texts differ."""
# ruff: noqa: SIM905 - quotes around every word would hide the words

from __future__ import annotations

TOPICS = tuple(
    """
    财政资金 稳岗就业 义务教育 生态环境 乡村振兴 医疗卫生 公共法律服务 养老服务 安全生产 食品药品 征地拆迁 保障性住房
    户籍管理 扶贫济困 市政服务 旅游管理 税费优惠 统计数据 重大项目 国有企业 行政审批 招标采购 灾害救助 公共文化 体育健身
    科技创新 知识产权 社会保险 劳动监察 农村危房 水利工程 河湖治理 森林防火 耕地保护 高标准农田 粮食收购 农机补贴 冷链物流
    电子商务 普惠金融 营商环境 信用建设 应急救援 消防检查 校园周边 老旧小区 加装电梯 垃圾分类 污水处理 大气质量 噪声投诉
    道路施工 公交线路 停车收费 快递下乡 5G基站 充电桩 疫苗接种 家庭医生 残疾人帮扶 退役军人 妇女儿童 青年人才 民族团结
    宗教事务 档案查阅 地方志 人口普查 经济普查 气象预警 地震监测 茶叶产业 柑橘种植 生猪稳产 渔业养殖 林下经济 民宿管理
    """.split()
)
VERBS = tuple(
    """
    梳理 汇总 更新 补发 解读 公示 通报 整理 核对 归集 推送 张贴 编印 翻译 复查 督办 回访 抽查 评估 公布 清理 修订 废止 备案
    """.split()
)
MATTERS = tuple(
    """
    办事指南 政策问答 权责清单 收费目录 会议纪要 规划文本 预算说明 决算说明 抽检结果 处罚决定 许可结果 公示名单 补贴标准
    服务热线 网上信箱 值班安排 应急预案 征求意见稿 听证记录 审计报告 整改台账 流程图 示意图 短视频 图解 明白卡 二维码 APP栏目
    """.split()
)
CHANNELS = tuple(
    """
    政府门户网站 政务微信公众号 政务微博 村务公开栏 便民服务中心 电子显示屏 广播喇叭 县融媒体中心 12345热线 政务服务大厅
    图书馆查阅点 档案馆查阅点 新闻发布会 政府公报 宣传册 微信群 抖音号 APP客户端
    """.split()
)
PEOPLE = tuple(
    """
    办公室 法制科 信息中心 值班人员 分管领导 主要负责人 各股室 各科室 网格员 驻村干部 法律顾问 联络员 社区干部 志愿者 窗口人员
    """.split()
)
FRUITS = tuple(
    """
    群众满意度有所提高 办理时间缩短三分之一 差错明显减少 电话咨询量下降 没有发生泄密事件 得到上级通报表扬 留言当天有回音
    栏目空白全部消除 查找时间不超过三分钟 企业跑腿次数减少 老年人也看得懂 重复申请有所减少 错链断链为零 各村都有人会用
    """.split()
)
SENTENCES = (
    "围绕{topic}，{who}{verb}了{matter}{n}份，在{channel}发布{m}条，{fruit}。",
    "{month}月，{who}对{topic}方面的{matter}逐件{verb}，发现问题{c}处，当月全部改正。",
    "依托{channel}，{who}把{topic}的{matter}按季度{verb}，全年浏览{n}{m}次。",
    "针对群众反映较多的{topic}问题，{who}通过{channel}作出说明{c}次，{fruit}。",
    "全年{verb}{topic}类{matter}{m}件，其中通过{channel}公开{c}件，占{percent}%。",
    "{who}与{village}签订责任书，明确{topic}信息由专人{verb}，超过{c}个工作日未更新的予以提醒。",
    "按照{code}文件要求，{who}将{topic}纳入主动公开目录，{verb}{matter}{m}项。",
    "在{village}试行“{topic}一张图”，{matter}上墙、上网、上手机，{fruit}。",
    "{who}每月{c}日前把{topic}的{matter}送{channel}，由{other}复核后上网，{fruit}。",
    "组织{topic}专题培训{c}期，{other}共{m}人参加，现场演示怎样{verb}{matter}。",
    "对涉及个人隐私的{topic}材料先作处理再公开，{who}与{other}各审一遍，全年退回{c}件。",
    "{channel}新设“{topic}”栏目，{matter}与办事入口放在一处，上线{c}个月访问{n}次。",
    "主动向{village}居民征集{topic}意见{m}条，采纳{c}条，未采纳的说明了理由。",
    "{topic}领域基层政务公开标准目录共{m}项，{who}已{verb}{c}项，其余随工作进度公开。",
    "年内{who}办理{topic}方面的人大代表建议{c}件、政协委员提案{c}件，答复全文在{channel}公开。",
    "{who}就{topic}接受媒体采访{c}次，{channel}转发相关{matter}{m}次。",
)
VILLAGES = tuple(
    """
    石桥村 柳塘村 东坡社区 白马岭村 黄沙社区 梧桐村 小河口村 南山社区 青枫村 古田村 龙泉社区 茶亭村 雁塘村 双溪村 桃源社区
    㙍头村 䃅山村 𬒔上村 𠮷岭社区 㟃口村 堌堆村 圪塔村 垭口社区 埗头村 寮步村 峒中村 梽木村 甪里村 厍家村 甴曱湾
    """.split()
)
RARE = 15  # of the villages above, from here on with characters that few fonts have
