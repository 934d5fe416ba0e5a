// The program of every case: CASE names the file, PHASE the run of it.
const { program } = require(`./cases/${process.env.CASE}`);

module.exports = program(Number(process.env.PHASE));
