package web

import "ayumi/infra/web/locale"

func sampleStep(w *locale.Words, title, lead string, fill func(*StepView)) StepView {
	view := StepView{Page: Page{W: w, Title: title, Styles: []string{"css/signin.css"}, Home: "/status", Here: "/sign-in/code"}, Lead: lead, Action: "/sign-in/code"}
	fill(&view)
	return view
}

func sampleCode(w *locale.Words) StepView {
	return sampleStep(w, w.Settings.CodeTitle, w.Settings.CodeLead, func(v *StepView) {
		v.Code, v.Errors = true, newErrors(w, FieldError{"code", w.Refusal("signin.code", "code", nil)})
	})
}

func sampleFactor(w *locale.Words) StepView {
	return sampleStep(w, w.Settings.FactorTitle, w.Settings.FactorLead, func(v *StepView) {
		v.Picture, _ = newQRCode("otpauth://totp/Ayumi:ayumi.example.jp?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
		v.Code, v.Old, v.App, v.Secret = true, true, "otpauth://totp/Ayumi", []string{"ABCD", "EFGH", "IJKL", "MNOP", "QRST", "UVWX", "YZ23", "4567"}
	})
}

func sampleRecovery(w *locale.Words) StepView {
	return sampleStep(w, w.Settings.CodesTitle, w.Settings.CodesText, func(v *StepView) {
		v.Next = "/people"
		for range 10 {
			v.Recovery = append(v.Recovery, "abcd-efgh-ijkl-mnop-qrst-uvwx")
		}
	})
}

func sampleInitial(w *locale.Words) StepView {
	return sampleStep(w, w.Settings.InitialTitle, w.Settings.InitialLead, func(v *StepView) { v.Old, v.Fresh = true, true })
}

func sampleUnlock(w *locale.Words) UnlockView {
	return UnlockView{Page: Page{W: w, Title: w.Settings.LockTitle, Styles: []string{"css/signin.css"}, Home: "/status", Here: "/unlock"}, Lead: w.Settings.LockLead,
		Action: "/unlock", Name: "森下 例子", Next: "/", Kept: "c2VhbGVk", Errors: newErrors(w, FieldError{"password", w.Refusal("password.wrong", "password", nil)})}
}

func sampleGiveBack(w *locale.Words) UnlockView {
	return UnlockView{Page: samplePage(w, "people", w.Settings.KeptTitle, "css/signin.css"), Lead: w.Settings.KeptLead, Action: "/people/p1/consultations",
		Fields: []Pair{{Label: "memo", Value: `"><script>alert(1)</script>`}}}
}

func sampleSettings(w *locale.Words) SettingsView {
	view := SettingsView{Page: samplePage(w, "", w.Settings.Title, "css/signin.css"), Saved: true, Factor: Chip{"green", "check", w.Settings.FactorOn}, FactorOn: true, Must: true,
		Recovery: w.Settings.RecoveryLeft(9), FactorAct: w.Settings.FactorAgain, LockText: w.Settings.LockText(15), Others: true,
		Sessions: []SessionRow{{"s1", "Edge · Windows", "10.0.0.5", "R2.3.16 9:00", "R2.3.16 9:30", true}, {"s2", w.Settings.Unknown, "10.0.0.9", "R2.3.16 8:50", "R2.3.16 9:01", false}}}
	view.LockAfter, view.Page.Provider, view.Foreign = 900, true, &Chip{"gray", "", w.Provider.Unlinked}
	view.Errors = newErrors(w, FieldError{"new_password", w.Refusal("password.short", "new_password", nil)})
	return view
}
