"""Phrases of the generator in Chinese; line by line the same as in the other languages."""

PHRASES = """
[heads]
C1: 各方参与的国家数字战略
C1: 数字政策公开对话
C1: 数字公共服务伙伴关系
C2: 骨干网与乡村链路
C2: 社区宽带
C2: 互联网交换点与光纤环网
C3: 公共接入中心
C3: 开放数据与数字图书馆
C3: 农村信息亭
C4: 成人数字技能
C4: 网络技术员培训
C4: 流动课堂
C5: 网络事件响应小组
C5: 校园网络安全
C5: 可信数字签名
C6: 电信市场公平规则
C6: 频谱许可改革
C6: 普遍服务基金
C7.government: 市政一站式在线服务
C7.government: 数字户籍登记
C7.government: 网上税务与采购
C7.business: 小企业网上市场
C7.business: 商贩电子支付
C7.business: 数字贸易单证
C7.learning: 联网学校
C7.learning: 开放教材
C7.learning: 广播与网络远程课程
C7.health: 诊所间远程医疗
C7.health: 电子病历
C7.health: 电话健康信息
C7.employment: 网上劳务市场
C7.employment: 远程办公中心
C7.employment: 青年数字就业
C7.environment: 手机预警
C7.environment: 空气和水质传感器
C7.environment: 电子废物回收
C7.agriculture: 农民市场行情
C7.agriculture: 语音农技咨询
C7.agriculture: 土地与土壤数字地图
C7.science: 大学科研网络
C7.science: 开放科研成果库
C7.science: 共享计算中心
C8: 地方语言内容
C8: 口头传统数字档案
C8: 少数民族语言字体和键盘
C9: 社区广播上网
C9: 地方记者编辑部
C9: 媒体素养
C10: 数据与算法伦理
C10: 个人数据保护
C10: 儿童网络权利
C11: 数字政策区域合作
C11: 专家交流
C11: 信息社会共同统计

[clauses]
C1: 公共机构、企业和社团共同制定数字战略
C1: 工作组商定数字服务的目标和预算
C1: 政府与企业合作出资建设共用在线服务
C2: 工程师铺设光纤并架设无线链路
C2: 合作社建设并运营宽带网络
C2: 运营商在共同的交换点互联网络
C3: 图书馆开设配有电脑和免费上网的阅览室
C3: 公共数据和文件以简明形式上网
C3: 信息亭发布价格、预报和官方通知
C4: 培训师讲授基本数字技能
C4: 技术员学习建设和维护网络
C4: 装有电脑的大巴把课程送到身边
C5: 专门小组监测网络并在遭受攻击后提供帮助
C5: 教师和家长开设网络安全课
C5: 公共登记处签发数字签名
C6: 监管机构制定竞争和价格新规则
C6: 无线电频谱许可以公开程序发放
C6: 基金资助市场不愿建设的网络
C7.government: 市政厅在线受理申请和缴费
C7.government: 出生、婚姻和地契记入数字登记册
C7.government: 招标和报税转到开放门户
C7.business: 共用网店销售本地产品
C7.business: 商店接受手机支付
C7.business: 海关单证在线提交和审核
C7.learning: 学校获得设备、网络和培训
C7.learning: 教师编写并共享免费课程
C7.learning: 课程通过广播、电视和网络播出
C7.health: 城市医生通过视频提供咨询
C7.health: 诊所在电子系统中保存病历
C7.health: 短信提醒病人服药和复诊
C7.employment: 公共网站为求职者和雇主牵线
C7.employment: 共享办公室提供远程工作
C7.employment: 编程课程带来第一批订单
C7.environment: 洪水和风暴预警发到每部电话
C7.environment: 传感器测量空气和水质并公布数据
C7.environment: 旧设备得到回收、维修或再利用
C7.agriculture: 价格和预报以短信发送
C7.agriculture: 农技员通过电话解答种植问题
C7.agriculture: 土壤和水文地图帮助安排播种
C7.science: 高速网络连接各大学
C7.science: 论文和科研数据存入开放成果库
C7.science: 计算中心为多国实验室服务
C8: 作者和母语者制作地方语言内容
C8: 歌曲、故事和手工艺录入数字档案
C8: 设计师制作字体、键盘和词典
C9: 社区电台在空中和网上播出
C9: 记者共用编辑部和法律咨询
C9: 课程教人核实新闻和消息来源
C10: 专家和公民讨论数据伦理
C10: 办公室学习如何保护个人数据
C10: 儿童参与制定安全服务规则
C11: 邻国协调规则和计划
C11: 专家在各地区之间往来并分享方法
C11: 统计机构收集相同指标

[group]
面向小农户
面向女企业家
面向学童和教师
面向青年求职者
面向老年人
面向残疾人
面向渔民社区
面向难民和接待家庭
面向护士和助产士
面向土著社区
面向小商贩
面向公务员
面向技术学校学生
面向没有银行账户的人

[where]
在偏远地区
在山村
在外岛
在边境城镇
在大城市郊区
在沿海地带
在沙漠绿洲
在河谷
在小城镇
在旧矿区

[means]
通过卫星链路
通过手机
通过地方广播
利用太阳能
利用开源软件
通过乡村信息亭
通过光缆
通过视频会议
利用低价平板电脑
通过共享数据中心

[aim]
以降低服务费用
使人们不必长途奔波
使决策依据可靠数据
使本地企业找到客户
使家人保持联系
使知识不致失传
使救助及时到达
使公共资金公开使用
使女童完成学业
使收成少受损失
使网络在停电时仍能运行
使人人能用自己的语言

[partner]
与公共图书馆
与当地大学
与电信中心网络
与移动运营商
与商会
与教师协会
与国家统计局
与卫生部门
与妇女合作社
与海外志愿者

[obstacle]
供电不稳
接入价格高
缺少受过培训的人员
设备交付缓慢
规则不清
地方语言材料少
路远且路况差
对在线服务缺乏信任
资助期短
人员更换频繁

[thing]
太阳能板
网状路由器
学校服务器
气象站
数码相机
土地登记册
语音菜单
电子书
支付卡
信号塔
维修车间
数据保护手册
盲文显示器
打印服务
水表
网上论坛
教学视频
备用电池
服务地图
讲座录像
服务台
包裹柜
卫星天线
无线中继
词典
健康问卷
价格牌
应急警报器
照片档案
翻译工具
招聘启事
土壤传感器
冷藏监测仪
开放标准
博物馆导览
合作社名册

[title]
{place}{head}
{head}，{place}
{name}：{head}
{head}（{name}）

[summary]
{where}，{group}，{clause}。
{where}，{clause}。
{group}，{clause}。

[sentence]
工作从{place}开始，后来扩展到{place2}。
团队{partner}以及{partner2}合作。
提供的物品包括{thing}、{thing2}和{thing3}。
迄今最大的困难是{obstacle}。
培训{where}{group}开展，{aim}。
服务{means}提供，{aim}。
第一阶段在{place}惠及{n}户家庭，第二阶段覆盖{place2}。
{place}的当地人员学习使用{thing}和{thing2}。
每年{partner}公开讨论成果。
名为“{name}”的方法先{where}试行，然后推广。
费用由市政当局、用户和{place}的一个基金分担。
自{year}年以来共有{n}人参加，多数{where}。
指南和录音可免费使用，也{group}。
用户委员会决定价格、开放时间和{thing}等事项。
{place}的经验整理成文，{means}提供给邻近地区。
重点关注{thing}和{thing2}，{aim}。
参加者提到的障碍：{obstacle}、{obstacle2}、{obstacle3}。
{place}研究人员{where}比较了{thing}和{thing2}。

[results]
培训{n}人，接通{n2}户家庭。
第一年登记用户{n}人；{place}的服务无需外部资金即可继续。
发布条目{n}条，答复咨询{n2}次。
{place}每位用户的费用下降了百分之{percent}。
向{n2}家机构交付设备{n}台。

[obstacles]
迄今提到的有：{obstacle}；{obstacle2}。
工作因以下原因推迟：{obstacle}。

[organization]
{name}数字事务部
{name}通信管理局
{name}电信
{name}数据服务公司
{name}社区网络
{name}图书馆之友
{name}大学
{name}理工学院
{name}区域通信联盟
{name}发展计划署
"""
