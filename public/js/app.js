import { backToSlot } from './back-to-slot.js'
import { copyButtons } from './copy.js'
import { characterCounts } from './count.js'
import { focusErrorSummary } from './error-summary.js'
import { holds } from './hold.js'
import { livePage } from './live.js'
import { menus } from './menus.js'
import { passwords } from './password.js'
import { countryPresets } from './presets.js'
import { printLinks } from './print.js'
import { slotPickers } from './slot-picker.js'
import { submitOnce } from './submit-once.js'
import { themeChoice } from './theme.js'
import { toNow } from './to-now.js'
import { validateForms } from './validate.js'

focusErrorSummary()
validateForms()
submitOnce()
passwords()
characterCounts()
slotPickers()
holds()
copyButtons()
countryPresets()
printLinks()
menus()
toNow()
backToSlot()
livePage()
themeChoice()
