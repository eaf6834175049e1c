// What the shipped dictionaries lack, or say in other words than our pages (engine/definitions/element_names.py).
const KINDS = {
  Message: '消息', Timer: '定时', Signal: '信号', Conditional: '条件', Error: '错误', Escalation: '升级',
  Compensation: '补偿', Compensate: '补偿', Cancel: '取消', Link: '链接', Terminate: '终止',
};
const PLACES = {
  'Start Event': '开始事件', 'Intermediate Catch Event': '中间捕获事件', 'Intermediate Throw Event': '中间抛出事件',
  'Boundary Event': '边界事件', 'End Event': '结束事件',
};
const TYPES = {
  'User Task': '人工任务', 'Service Task': '服务任务', 'Business Rule Task': '业务规则任务', 'Script Task': '脚本任务',
  'Send Task': '发送任务', 'Receive Task': '接收任务', 'Manual Task': '手工任务', Task: '任务', 'Call Activity': '调用活动',
  'Exclusive Gateway': '排他网关', 'Parallel Gateway': '并行网关', 'Inclusive Gateway': '包容网关', 'Event Based Gateway': '事件网关',
  'Complex Gateway': '复杂网关', 'Sub Process': '子流程', 'Expanded Sub Process': '展开的子流程', 'Collapsed Sub Process': '折叠的子流程',
  'Event Sub Process': '事件子流程', 'Ad Hoc Sub Process': '即席子流程', Transaction: '事务子流程', 'Sequence Flow': '顺序流',
  'Conditional Flow': '条件流', 'Default Flow': '默认流', 'Message Flow': '消息流', Association: '关联线', 'Text Annotation': '文字注释',
  Group: '分组框', Participant: '泳池', Lane: '泳道', 'Data Object Reference': '数据对象', 'Data Store Reference': '数据存储',
  'Data Input Association': '数据输入关联', 'Data Output Association': '数据输出关联', Process: '流程', Collaboration: '协作图',
};

function composed() {
  const found = { ...TYPES };
  for (const [place, named] of Object.entries(PLACES)) {
    found[place] = named;
    for (const [kind, word] of Object.entries(KINDS)) {
      found[`${kind} ${place}`] = word + named;
      found[`${kind} ${place} (Non Interrupting)`] = `${word}${named}（不中断）`;
    }
  }
  for (const kind of Object.keys(KINDS)) found[`${kind} Event Sub Process`] = `${KINDS[kind]}事件子流程`;
  return found;
}

export default {
  ...composed(),
  'User task': '人工任务', 'Manual task': '手工任务', 'Business rule task': '业务规则任务', 'Exclusive gateway': '排他网关',
  'Event-based gateway': '事件网关', 'Boundary event': '边界事件', 'Expanded pool/participant': '泳池', 'Ad-hoc sub-process': '即席子流程',
  'Event based instantiating Gateway': '事件网关（开始流程）', 'Parallel Event based instantiating Gateway': '并行事件网关（开始流程）',
  'Open minimap': '打开缩略图', 'Close minimap': '关闭缩略图', 'Create element': '创建元素', 'Append element': '追加元素', 'Align elements ': '对齐元素 ',
  Tasks: '任务', Gateways: '网关', Events: '事件', 'Sub-processes': '子流程', Data: '数据', Participants: '泳池',
  General: '基本', Documentation: '说明', 'Element documentation': '说明（办理页面上的提示）', 'Process documentation': '说明',
  ID: '编号', Key: '键', Form: '表单', Condition: '条件', Assignment: '办理人', Script: '脚本', Priority: '优先级',
  'Called decision': '调用的决策', 'Called element': '调用的流程', 'Task definition': '服务', 'Input mapping': '输入', 'Output mapping': '输出',
  'Input propagation': '输入传递', 'Output propagation': '输出传递', 'Extension properties': '其他属性', 'Execution listeners': '执行监听', 'Task listeners': '任务监听',
  Headers: '标头', 'Active elements': '活动元素', 'Active elements collection': '活动元素集合', Completion: '完成', 'Cancel remaining instances': '取消其余实例',
  'Propagate all parent process variables': '把所有变量带进去',
  'If turned on, all variables from the parent process instance will be propagated to the child process instance.': '打开后，被调用的流程可以读到这里的所有变量。',
  Assignee: '办理人（FEEL）', 'Candidate users': '可办理的人（FEEL）', 'Candidate groups': '办理组', 'Due date': '到期日', 'Follow up date': '提醒日',
  'Implementation type': '实现方式', Implementation: '实现方式', Binding: '绑定', 'Version tag': '版本标签', latest: '最新', deployment: '同一部署', 'version tag': '版本标签',
  'Variable names': '变量名', 'Variable events': '变量事件', Create: '新建', Update: '更新',
  'List of process variable names that trigger the condition evaluation.': '哪些变量变化时重新判断。',
  'Listener type': '监听类型', 'Event type': '事件类型', 'Job type': '任务类型', 'Camunda user task': '人工任务',
  'Camunda Form': '表单', 'Camunda Form (linked)': '表单（链接）', 'Camunda Form (embedded)': '表单（内嵌）', 'External form reference': '外部表单',
  'Local variable name': '局部变量名', 'Process variable name': '流程变量名', 'FEEL expression is mandatory': '须写 FEEL 表达式', 'Call activity': '调用活动',
  'Click to remove dynamic value with FEEL expression': '点击改为固定值', 'Click to set a dynamic value with FEEL expression': '点击改为 FEEL 表达式', 'Open pop-up editor': '打开大编辑框', 'Opened in editor': '正在大编辑框里',
  Before: '之前', After: '之后', Exclusive: '独占', BPMN: 'BPMN', start: '开始', end: '结束',
};
