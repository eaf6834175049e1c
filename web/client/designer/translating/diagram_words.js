// What the shipped dictionaries lack or say in other words than our pages.
export default {
  'User Task': '人工任务', 'User task': '人工任务',
};
