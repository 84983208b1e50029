import { chromium } from 'playwright-core';
import fs from 'node:fs';
const base='http://127.0.0.1:18077', pass=JSON.parse(fs.readFileSync('/tmp/bform/data/sample.json')).password;
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
const [,, who, ...rest]=process.argv; // name=path pairs
for (const lang of ['ja','en']) for (const width of [1440,390]) {
  const c=await b.newContext({viewport:{width,height:900},locale:'ja-JP',timezoneId:'Asia/Tokyo',baseURL:base});
  await c.addCookies([{name:'language',value:lang,url:base}]);
  const p=await c.newPage();
  await p.goto('/sign-in'); await p.fill('#sign_in_name',who); await p.fill('#password',pass);
  await Promise.all([p.waitForURL(u=>!u.pathname.startsWith('/sign-in')),p.click('form[action="/sign-in"] button')]);
  for (const r of rest){ const [n,path]=[r.slice(0,r.indexOf('=')),r.slice(r.indexOf('=')+1)];
    const res=await p.goto(path); const over=await p.evaluate(()=>document.documentElement.scrollWidth-innerWidth);
    await p.screenshot({path:`/tmp/bform/${n}-${lang}-${width}.png`,fullPage:true}); console.log(n,lang,width,res.status(),'overflow',over); }
  await c.close();
}
await b.close();
