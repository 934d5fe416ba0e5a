// A cloud that costs nothing, so that only the engines are measured.
let made = 0;
exports.check = async (olds, news) => ({ inputs: news, failures: [] });
exports.diff = async (id, olds, news) => ({ changes: olds.value !== news.value });
exports.create = async (props) => ({ id: `thing-${++made}`, outs: props });
exports.update = async (id, olds, news) => ({ outs: news });
exports.read = async (id, props) => ({ id, props });
exports.delete = async () => {};
