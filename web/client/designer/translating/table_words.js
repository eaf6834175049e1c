// dmn-js has no dictionary of its own.
const MANY = {
  'Add rule': '增加规则', 'Copy rule': '复制规则', 'Cut rule': '剪切规则', 'Remove rule': '删除规则', 'Move rule': '移动规则',
  'Paste rule above': '粘贴到上方', 'Paste rule below': '粘贴到下方', 'Add rule above': '在上方增加规则', 'Add rule below': '在下方增加规则',
};

function columns() {
  const found = {};
  for (const [kind, word] of [['input', '条件列'], ['output', '结果列']]) {
    Object.assign(found, {
      [`Add ${kind}`]: `增加${word}`, [`Copy ${kind} column`]: `复制${word}`, [`Cut ${kind} column`]: `剪切${word}`, [`Remove ${kind} column`]: `删除${word}`,
      [`Paste ${kind} column left`]: `粘贴${word}到左侧`, [`Paste ${kind} column right`]: `粘贴${word}到右侧`,
      [`Add ${kind} column left`]: `在左侧增加${word}`, [`Add ${kind} column right`]: `在右侧增加${word}`,
    });
  }
  return found;
}

function dates() {
  const found = {};
  for (const [kind, word] of [['date', '日期'], ['date and time', '日期时间'], ['time', '时间']]) {
    const upper = kind[0].toUpperCase() + kind.slice(1);
    Object.assign(found, {
      [`Edit ${kind}`]: `编辑${word}`, [`Edit start ${kind}`]: `编辑开始${word}`, [`Edit end ${kind}`]: `编辑结束${word}`, [`Set ${kind}`]: `设定${word}`,
      [`Start ${kind}`]: `开始${word}`, [`End ${kind}`]: `结束${word}`, [upper]: word, [`${upper} value`]: `${word}值`,
    });
  }
  return found;
}

export default {
  ...MANY, ...columns(), ...dates(),
  'Element name': '名称', 'Variable name': '变量名', 'Variable type': '变量类型', 'Edit formal parameters': '编辑参数', 'Add parameter': '增加参数',
  'Remove parameter': '删除参数', 'Function kind: {kind}': '函数种类：{kind}', 'Edit function kind': '编辑函数种类', Kind: '种类', 'Literal expression': '文字表达式',
  'View DRD': '查看决策图', 'Predefined values': '可选的值', 'No values': '没有', 'Clear predefined values': '清空可选的值', 'Add predefined values': '增加可选的值',
  '"value", "value", ...': '"值", "值" …', 'Strings must be in double quotes': '文本要加英文双引号', Annotations: '备注', Annotation: '备注', Resize: '改变宽度',
  Input: '条件', Output: '结果', 'Expression language: {expressionLanguageLabel}': '表达式语言：{expressionLanguageLabel}', When: '当', And: '且', Then: '则',
  'Input label: ': '条件名称：', 'Input expression: ': '条件表达式：', 'Input values': '可选的条件值', 'Input type': '条件类型', 'Output label': '结果名称', 'Output name': '结果变量',
  'Output values': '可选的结果值', 'Output type': '结果类型', 'Edit input': '编辑条件', 'Input label': '条件名称', Expression: '表达式', 'Input expression': '条件表达式',
  'Enter expression': '填写表达式', 'Output label: ': '结果名称：', 'Output name: ': '结果变量：', 'Edit output': '编辑结果', 'Decision name: ': '决策名称：', 'Decision name': '决策名称',
  'Remove cell description': '删除说明', 'Add cell description': '增加说明', 'Change cell expression language': '更改表达式语言', 'Expression language': '表达式语言',
  'Hit policy:': '命中方式：', 'Hit policy': '命中方式', Unique: '唯一', First: '首条', Priority: '优先级', Any: '任一', Collect: '汇总', 'Rule order': '按规则顺序', 'Output order': '按结果顺序',
  'Collect (Sum)': '汇总（求和）', 'Collect (Min)': '汇总（最小）', 'Collect (Max)': '汇总（最大）', 'Collect (Count)': '汇总（计数）',
  Yes: '是', No: '否', 'Edit boolean': '编辑是否', 'Set value': '设定值', 'Boolean value': '是否值', Exactly: '等于', Before: '早于', After: '晚于', Between: '介于',
  'Test type': '比较方式', 'e.g. { sample }': '例如 { sample }', 'e.g. { example } ': '例如 { example } ', 'Use today': '用今天', 'Use now': '用现在',
  Equals: '等于', Less: '小于', 'Less or equals': '小于等于', Greater: '大于', 'Greater or equals': '大于等于', 'Comparison operator': '比较符', 'Duration value': '时长',
  Include: '含', Exclude: '不含', 'Start value': '起始值', 'Range start operator': '起始含不含', 'Range start value': '起始值', 'End value': '结束值', 'Range end operator': '结束含不含', 'Range end value': '结束值',
  Comparison: '比较', Range: '区间', 'Edit duration': '编辑时长', 'Set duration': '设定时长', 'Editing not supported for set expression language': '这种表达式语言不能这样编辑',
  Edit: '编辑', Value: '值', 'Edit number': '编辑数字', 'Custom values': '自填的值', 'Match one': '等于其一', 'Match none': '都不等于', 'Edit string': '编辑文本', 'String value': '文本值', 'Add values': '增加值', Values: '值', '"value"': '"值"',
  Type: '类型', string: '文本', boolean: '是/否', number: '数字', long: '整数', double: '数字', integer: '整数', date: '日期', time: '时间', dateTime: '日期时间',
  'Append decision': '追加决策', 'Append knowledge source': '追加知识来源', 'Append business knowledge model': '追加业务知识模型', 'Append input data': '追加输入数据', 'Add text annotation': '增加注释',
  'Connect to other element': '连接到其他元素', 'Change type': '更改类型', Delete: '删除', 'Definition name': '名称', 'Definition ID': '编号', 'Activate hand tool': '抓手', 'Activate lasso tool': '框选',
  'Create decision': '新建决策', 'Create input data': '新建输入数据', 'Create knowledge source': '新建知识来源', 'Create knowledge model': '新建业务知识模型',
  'Variable name:': '变量名：', 'Variable type:': '变量类型：', 'Expression language:': '表达式语言：', name: '名称', 'Literal expression editor': '文字表达式', 'Search in diagram': '在图上查找', 'Open decision table': '打开决策表', 'Open literal expression': '打开表达式',
  'No overlap is possible and all rules are disjoint. Only a single rule can be matched': '规则互不重叠，只会命中一条',
  'Rules may overlap. The first matching rule will be chosen': '规则可以重叠，取第一条命中的', '-': '-', FEEL: 'FEEL',
};
