// builtins newer than Chromium 87 that bpmn-js calls
import 'core-js/actual/object/has-own';
import 'core-js/actual/array/at';
import 'core-js/actual/string/at';
import 'core-js/actual/structured-clone';
