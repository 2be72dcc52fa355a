// Made of body/js/*.js, as body/js/README.md says; a change here would be lost.
async function letOthersLoad(page){let empty=new page.Blob([""],{type:"text/javascript"}),address=page.
URL.createObjectURL(empty);await import(address).catch(()=>null),page.URL.revokeObjectURL(address)}var PROBE={position:"absolute",top:"0",left:"0",width:"1px",height:"1px",visibility:"hidden","pointe\
r-events":"none","background-color":"var(--jp-layout-color0, #ffffff)",transition:"background-color \
1ms"},DARK_BELOW=.5,SIGNS=["class","data-jp-theme-light","data-jp-theme-name","data-theme"],LATER_MS=[
150,1e3];function watchTheme(host,tell){let page=host.ownerDocument.defaultView,probe=addProbe(host),
look=()=>{probe.isConnected&&tell(isDark(page.getComputedStyle(probe).backgroundColor))};for(let name of[
"transitionend","transitioncancel"])probe.addEventListener(name,look);let shown=new page.ResizeObserver(
look);shown.observe(probe),look();let stop=watchAround(host,page,look);return()=>{stop(),shown.disconnect(),
probe.remove()}}function watchAround(host,page,look){let timers=[],stopTimers=()=>timers.forEach(timer=>page.
clearTimeout(timer)),signs=new page.MutationObserver(()=>{stopTimers(),timers=LATER_MS.map(ms=>page.
setTimeout(look,ms))});for(let node=host.parentNode;node;node=node.parentNode??node.host)node.getAttribute&&
signs.observe(node,{attributes:!0,attributeFilter:SIGNS});return()=>{stopTimers(),signs.disconnect()}}
function addProbe(host){let probe=host.ownerDocument.createElement("span");probe.setAttribute("aria-\
hidden","true");for(let[name,value]of Object.entries(PROBE))probe.style.setProperty(name,value,"impo\
rtant");return host.append(probe),probe}function isDark(colour){let[red,green,blue,alpha=1]=readColour(
colour);return alpha>0&&.2126*red+.7152*green+.0722*blue<DARK_BELOW}function readColour(colour){let[
,kind,text]=colour.match(/^(rgba?|color)\((?:srgb )?(.+)\)$/)??[],numbers=(text??"").split(/[\s,/]+/).
map(parseFloat);return numbers.length<3||numbers.some(Number.isNaN)?[1,1,1]:numbers.map((value,k)=>kind!==
"color"&&k<3?value/255:value)}var SVG="http://www.w3.org/2000/svg";function createNode(owner,name,attributes={},text=null){let node=name.
startsWith("svg:")?owner.createElementNS(SVG,name.slice(4)):owner.createElement(name);return setAttributes(
node,attributes),text!==null&&(node.textContent=text),node}function addNode(parent,name,attributes={},text=null){
let node=createNode(parent.ownerDocument,name,attributes,text);return parent.append(node),node}function setAttributes(node,attributes){
for(let[key,value]of Object.entries(attributes))node.setAttribute(key,value)}function setText(node,text){
node.textContent!==text&&(node.textContent=text)}function addButton(host,words,answer,attributes={}){
let button=addNode(host,"button",{type:"button",...attributes},words);return button.addEventListener(
"click",answer),button}function addChoice(host,label,options,answer){let box=addNode(host,"label",{},
`${label} `),select=addNode(box,"select",{"aria-label":label});return setOptions(select,options),select.
addEventListener("change",()=>answer(select.value)),select}function setOptions(select,options){select.
replaceChildren();for(let[value,words]of options)addNode(select,"option",{value},words)}function createIdPrefix(page){
return`mc${page.crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}-`}var Redrawn=class{constructor(parent){
this.parent=parent,this.shown=[],this.count=0}begin(){this.count=0}add(name,attributes,text=""){let old=this.
shown[this.count];if(old?.name===name)changeAttributes(old.node,old.attributes,attributes),old.attributes=
attributes,old.text!==text&&(old.node.textContent=text),old.text=text;else{let node=createNode(this.
parent.ownerDocument,name,attributes,text);old?old.node.replaceWith(node):this.parent.append(node),this.
shown[this.count]={name,node,attributes,text}}this.count+=1}end(){for(let{node}of this.shown.splice(
this.count))node.remove()}};function changeAttributes(node,before,after){for(let[key,value]of Object.
entries(after))before[key]!==value&&node.setAttribute(key,value);for(let key of Object.keys(before))
key in after||node.removeAttribute(key)}var REACH_MM=13,NERVE_REACH={fill:"none",stroke:"#000","stroke-opacity":0,"stroke-width":REACH_MM,"p\
ointer-events":"stroke"},UNPATTERNED={fill:"none","pointer-events":"none"},UNTOUCHED=["light","fibre\
s","ridge","furrow","cleft","fade"];function makeLayer(figure,which){let{picture,svg}=figure,root=addNode(
svg,"svg:g",{class:"mc-layer",...which==="now"?{}:{"aria-hidden":"true"}});figure.aids.before(root);
let layer={figure,which,root,groups:[],moves:null,drawn:null,stamp:0,stamps:new Int32Array(picture.bones)};
for(let entry of picture.views[figure.view].groups)layer.groups.push(makeGroup(layer,entry));return figure.
layers[which]=layer,layer}function makeGroup(layer,entry){let{figure,root,which}=layer,{picture}=figure,
ids=readIds(entry),node=addNode(root,"svg:g",describeGroup(picture,ids,which)),paths=entry.parts.flatMap(
number=>addPaths(node,picture,picture.parts[number]));entry.behind&&node.setAttribute("opacity",picture.
look.opacity.behind);let group={layer,figure,node,paths,...ids,anchor:entry.anchor,sight:entry.sight??
null,depth:entry.layer||0,owner:paths[0].part.owner,main:paths.find(path=>path.isFilled)||paths[0],outer:paths[0],
opacity:entry.behind?picture.look.opacity.behind:1,bones:[...new Set(paths.flatMap(path=>path.part.bones))],
marks:[],markKey:"",stamp:-1};return node.mcGroup=group,group}function readIds({structure=null,nerve=null,
supply=null}){return{structure,nerve,supply}}function describeGroup(picture,{structure,nerve,supply},which){
if(structure===null&&nerve===null&&supply===null)return{"pointer-events":"none","aria-hidden":"true"};
if(which!=="now")return{class:"mc-kept"};let shown=picture.supply?.[supply]??picture.nerves[nerve]??
picture.structures[structure],{name}=shown;return{class:`mc-${supply!==null?"supply":nerve!==null?"n\
erve":"structure"}`,role:"button",tabindex:-1,"aria-label":name}}function isOfNerve({role}){return role.
startsWith("nerve_")}function addPaths(node,{look},part){let styles=isOfNerve(part)?[NERVE_REACH,look.
nerves.edge,look.nerves.core]:part.role==="patch"?[look.supply.open,UNPATTERNED]:part.role==="root"?
[look.roles.root,{...NERVE_REACH,"stroke-width":6}]:[look.roles[part.role]],isFine=look.fine.includes(
part.role);return styles.map(style2=>({part,d:"",node:addNode(node,"svg:path",{...style2,...UNTOUCHED.
includes(part.role)?{"pointer-events":"none"}:{},...isFine?{class:"mc-fine"}:{}}),isFilled:look.filled.
includes(part.role),isFine}))}function getAttributes(style2){let dash=style2["stroke-dasharray"];return dash?{...style2,"stroke-da\
sharray":dash.join(" ")}:style2}function getFixedAttributes(style2){return{...getAttributes(style2),
"vector-effect":"non-scaling-stroke"}}function getScaledAttributes(style2,size){return{...style2,"st\
roke-width":style2["stroke-width"]*size}}function setDash(style2,dash){return dash.length?{...style2,
"stroke-dasharray":dash}:style2}var FAR_MM=3e3,SILENT={"pointer-events":"none","aria-hidden":"true"},ROUND={"stroke-linejoin":"round"},
SIDE_TEXT={class:"mc-side","text-anchor":"middle",fill:"currentColor","aria-hidden":"true"};function makeFigure(map,view,which){
let{picture}=map,plan=picture.views[view],figure={map,picture,view,id:`${map.id}${view}-${which}-`,plane:{
axis:plan.axis,sign:plan.sign},home:[...plan.frame],box:null,unit:1,layers:{},told:[],telling:null,dotted:[],
...addParts(map.stage,plan.name)};return figure.skins=plan.groups.flatMap(group=>group.parts).map(number=>picture.
parts[number]).filter(part=>part.role==="skin"),fillSvg(figure),makeLayer(figure,which),figure.sides=
plan.sides.map(side=>addNode(figure.svg,"svg:text",SIDE_TEXT,side)),setBox(figure,figure.home),figure}
function addParts(stage,name){let node=addNode(stage,"div",{class:"mc-view"}),title=addNode(node,"di\
v",{class:"mc-view-name","aria-hidden":"true"}),frame=addNode(node,"div",{class:"mc-frame"}),svg=addNode(
frame,"svg:svg",{role:"group","aria-label":`Body, ${name.toLowerCase()}`,...ROUND}),over=addNode(frame,
"svg:svg",{class:"mc-over-body",...SILENT,...ROUND}),levels=addNode(node,"div",{class:"mc-levels"});
return{node,title,frame,svg,over,levels}}function fillSvg(figure){let{svg,over,picture,id}=figure,defs=addNode(
svg,"svg:defs"),{patterns,supply}=picture.look,shown=[...Object.values(patterns),...Object.values(supply.
patterns)];figure.patterns=shown.map(pattern=>addPattern(defs,id,pattern)),figure.clips={now:addClip(
defs,id,"now"),reference:addClip(defs,id,"reference")},figure.ghost=addNode(svg,"svg:path",{...getFixedAttributes(
picture.look.ghost),...SILENT}),figure.ground=addNode(svg,"svg:g",{...SILENT,class:"mc-ground"}),figure.
aids=addNode(svg,"svg:g",{...SILENT,fill:"none",class:"mc-aids"}),figure.drawnGround=new Redrawn(figure.
ground),figure.drawnAids=new Redrawn(figure.aids),figure.story=addNode(over,"svg:g",{class:"mc-told"}),
figure.referred=addNode(over,"svg:g",{class:"mc-referred"}),figure.halo=addNode(over,"svg:g",{fill:"\
none",class:"mc-halo"})}function addPattern(defs,id,{name,size,shapes}){let pattern=addNode(defs,"sv\
g:pattern",{id:`${id}${name}`,width:size,height:size,patternUnits:"userSpaceOnUse"});for(let[shape,attributes]of shapes)
addNode(pattern,`svg:${shape}`,attributes);return pattern}function addClip(defs,id,which){return addNode(
addNode(defs,"svg:clipPath",{id:`${id}${which}`}),"svg:rect")}function setBox(figure,box){figure.box=
box;let viewBox=box.map(value=>value.toFixed(1)).join(" ");for(let svg of[figure.svg,figure.over])svg.
setAttribute("viewBox",viewBox)}function setUnit(figure,unit){figure.unit=unit;for(let pattern of figure.
patterns)pattern.setAttribute("patternTransform",`rotate(45) scale(${unit.toFixed(3)})`);let[left,top,
wide,tall]=figure.box;figure.sides.forEach((text,k)=>{let spot={x:left+(k?wide-22*unit:22*unit),y:top+
tall-4*unit,"font-size":12*unit};for(let[key,value]of Object.entries(spot))text.setAttribute(key,value.
toFixed(1))})}function cutFigure(figure,share){let[left,,wide]=figure.box,cut=left+share*wide;setClip(
figure,figure.clips.reference,cut-FAR_MM),setClip(figure,figure.clips.now,cut);for(let layer of Object.
values(figure.layers))layer.root.setAttribute("clip-path",`url(#${figure.id}${layer.which})`)}function setClip({
box},rect,x){let[,top,,tall]=box,place={x,y:top-FAR_MM,width:FAR_MM,height:tall+2*FAR_MM};for(let[key,
value]of Object.entries(place))rect.setAttribute(key,value.toFixed(1))}function toPicture(figure,spot){
let[left,top]=figure.box,edge=figure.frame.getBoundingClientRect();return[left+(spot.x-edge.left)*figure.
unit,top+(spot.y-edge.top)*figure.unit]}function hideNode(node,isHidden){node.style.display=isHidden?
"none":""}function clamp(value,low,high){return Math.min(Math.max(value,low),high)}function readWords(view){return JSON.
parse(new TextDecoder().decode(view))}function copyBytes(view){return!view||!view.byteLength?new ArrayBuffer(
0):view.buffer?view.buffer.slice(view.byteOffset,view.byteOffset+view.byteLength):view}var OVERLOADED=1,BONE_NUMBERS=12,LEVELS=4,SHADES=16,SAME_MM=1e-4;function readScene(buffer,offset,picture){
let numbers=new Float32Array(buffer,offset*4),choices=picture.exaggerations.length,count=numbers[1],
start=2+choices+LEVELS,moves=start+3*count,size=picture.bones*BONE_NUMBERS;return{version:numbers[0],
factors:Array.from(numbers.subarray(2,2+choices)),levels:Array.from(numbers.subarray(2+choices,start)),
change:numbers.subarray(start,start+count),before:numbers.subarray(start+count,start+2*count),flags:numbers.
subarray(start+2*count,moves),moves:picture.exaggerations.map((_,k)=>numbers.subarray(moves+k*size,moves+
(k+1)*size)),length:moves+choices*size,certainty:""}}function readSteps(view,picture){let buffer=copyBytes(
view),scenes=[],offset=0;for(;offset*4<buffer.byteLength;){let scene=readScene(buffer,offset,picture);
scenes.push(scene),offset+=scene.length}return scenes}function buildRestScene(picture){let count=picture.
structures.length,still=new Float32Array(picture.bones*BONE_NUMBERS);for(let at=0;at<still.length;at+=
BONE_NUMBERS)still[at]=still[at+5]=still[at+10]=1;let unknown=new Float32Array(count).fill(NaN);return{
version:0,factors:picture.exaggerations.map(()=>1),levels:new Array(LEVELS).fill(0),change:unknown,before:unknown,
flags:new Float32Array(count),moves:picture.exaggerations.map(()=>still),certainty:""}}function mixScenes(first,second,share){
return{...share<.5?first:second,certainty:"",change:mixNumbers(first.change,second.change,share),factors:mixNumbers(
first.factors,second.factors,share),levels:mixNumbers(first.levels,second.levels,share),moves:first.
moves.map((move,k)=>mixNumbers(move,second.moves[k],share))}}function mixByShades(first,second,share){
let isStill2=first.moves.every((moves,k)=>areSameMoves(moves,second.moves[k]));return mixScenes(first,
second,isStill2?Math.round(share*SHADES)/SHADES:share)}function mixNumbers(first,second,share){return first.
map((value,k)=>Number.isNaN(value)?second[k]:Number.isNaN(second[k])?value:value+share*(second[k]-value))}
function areSameMoves(moves,others){return moves.every((value,k)=>Math.abs(value-others[k])<=SAME_MM)}var VERTEX_NUMBERS=6,CORNERS=[0,1,2,3,4,5,6,7];function readVertices(view){let packed=new Int16Array(
copyBytes(view)),count=packed.length/VERTEX_NUMBERS,place=new Float32Array(count*3),bone=new Uint32Array(
count*2),share=new Float32Array(count);for(let v=0;v<count;v++){let at=v*VERTEX_NUMBERS;for(let axis=0;axis<
3;axis++)place[v*3+axis]=packed[at+axis]/10;bone[v*2]=packed[at+3]*BONE_NUMBERS,bone[v*2+1]=packed[at+
4]*BONE_NUMBERS,share[v]=packed[at+5]/1e3}return{place,bone,share,count}}function getFirst(part){return part.
ends[0]}function getLast(part){return part.ends[part.ends.length-1]}function listBones({bone,share},part){
let found=new Set;for(let v=getFirst(part);v<getLast(part);v++)found.add(bone[v*2]/BONE_NUMBERS),share[v]<
1&&found.add(bone[v*2+1]/BONE_NUMBERS);return[...found]}function findExtents({place,bone,share,count},bones){
let boxes=Array.from({length:bones},()=>({low:[1/0,1/0,1/0],high:[-1/0,-1/0,-1/0]}));for(let v=0;v<count;v++){
let point=place.subarray(v*3,v*3+3);stretchBox(boxes[bone[v*2]/BONE_NUMBERS],point),share[v]<1&&stretchBox(
boxes[bone[v*2+1]/BONE_NUMBERS],point)}return boxes.map(listCorners)}function stretchBox({low,high},point){
for(let axis=0;axis<3;axis++)low[axis]=Math.min(low[axis],point[axis]),high[axis]=Math.max(high[axis],
point[axis])}function listCorners({low,high}){return Number.isFinite(low[0])?CORNERS.map(corner=>[0,
1,2].map(axis=>(corner>>axis&1?high:low)[axis])):[]}function flattenPoints(vertices,first,last,moves,{
axis,sign},flat){let{place,bone,share}=vertices,row=axis*4,k=0;for(let v=first;v<last;v++){let x=place[v*
3],y=place[v*3+1],z=place[v*3+2],a=bone[v*2],part=share[v],across=moves[a+row]*x+moves[a+row+1]*y+moves[a+
row+2]*z+moves[a+row+3],up=moves[a+4]*x+moves[a+5]*y+moves[a+6]*z+moves[a+7];if(part<1){let b=bone[v*
2+1],rest=1-part,otherAcross=moves[b+row]*x+moves[b+row+1]*y+moves[b+row+2]*z+moves[b+row+3],otherUp=moves[b+
4]*x+moves[b+5]*y+moves[b+6]*z+moves[b+7];across=part*across+rest*otherAcross,up=part*up+rest*otherUp}
flat[k++]=Math.round(10*sign*across),flat[k++]=Math.round(-10*up)}}function findReach(vertices,parts,moves,plane){
let low=1/0,high=-1/0;for(let part of parts){let first=getFirst(part),last=getLast(part),flat=new Int32Array(
2*(last-first));flattenPoints(vertices,first,last,moves,plane,flat);for(let k=0;k<flat.length;k+=2)low=
Math.min(low,flat[k]),high=Math.max(high,flat[k])}return[low/10,high/10]}function placeAnchor([x,y,z,
first,second,share],moves,{axis,sign}){let moveRow=(bone,row)=>{let at=bone*BONE_NUMBERS+row*4;return moves[at]*
x+moves[at+1]*y+moves[at+2]*z+moves[at+3]},blendRows=row=>share*moveRow(first,row)+(share<1?(1-share)*
moveRow(second,row):0);return[sign*blendRows(axis),-blendRows(1)]}function placeMark([bone,x,y,z],moves,plane){
return placeAnchor([x,y,z,bone,0,1],moves,plane)}var UNSEEN_N=.05,LEVEL_DEG=.05;function sayNewtons(value){let size=Math.abs(value);if(size<9.95)return`${size.
toFixed(1)} N`;let step=size>=99.5?10:1;return`${Math.floor(size/step+.5)*step} N`}function sayDegrees(value){
let size=Math.abs(value);return`${size.toFixed(size<9.95?1:0)}°`}function sayCount(count,noun){return`${count}\
 ${count===1?noun:`${noun}s`}`}function findCertainty(picture,scene,structure){return picture.certainty.
find(entry=>entry.letter===scene.certainty[structure])}function sayChange(picture,scene,structure){let change=scene.
change[structure];if(!Number.isFinite(change))return"not computed";let words=[Math.abs(change)<UNSEEN_N?
"no change":`${sayNewtons(change)} ${change>0?"more":"less"}`];scene.flags[structure]&OVERLOADED&&words.
push("overloaded");let certainty=findCertainty(picture,scene,structure);return certainty&&words.push(
certainty.word),words.join(", ")}function sayTension(picture,scene,structure){let change=scene.change[structure];
return Number.isFinite(change)?`${sayNewtons(scene.before[structure])} before, ${sayChange(picture,scene,
structure)}`:"drawn, not computed"}function sayLevels([pelvis,shoulders,tip,lean],isSide3){return(isSide3?
[["pelvis",tip,"forward","backward","pelvis as at rest"],["trunk",lean,"forward","backward","trunk u\
pright"]]:[["shoulders",shoulders,"lower left","lower right","shoulders level"],["pelvis",pelvis,"lo\
wer left","lower right","pelvis level"]]).filter(([,value])=>Number.isFinite(value)).map(row=>sayLevel(
...row)).join(" · ")}function sayLevel(name,value,plus,minus,level){let size=Math.abs(value);return size<
LEVEL_DEG?level:`${name} ${sayDegrees(size)} ${value>0?plus:minus}`}function sayRoots({roots}){return roots.
length?roots.length>3?`roots ${roots[0]} to ${roots[roots.length-1]}`:`${roots.length>1?"roots":"roo\
t"} ${roots.join(", ")}`:"roots not given"}function sayNerve(nerve){let count=nerve.supplies.length,
supplied=count?`${sayCount(count,"muscle")} of the model`:"no muscles of the model but by its branch\
es";return`Selected: ${nerve.name} (${nerve.plain}) – ${sayRoots(nerve)}; supplies ${supplied}.`}function sayStructure(picture,scene,structure,isVeiled){
let{name,plain}=picture.structures[structure],tension=isVeiled?"":` – ${sayTension(picture,scene,structure)}`;
return`Selected: ${name} (${plain})${tension}`}function sayFactor(drawn,asked){let limit=drawn<asked-
.05?` (${asked} times would not fit)`:"";return`Movement drawn ${saySize(drawn)}${limit}.`}function sayKeptScale(drawn,kept){
return`Not to one scale: now drawn ${saySize(drawn)}, kept ${sayTimes(kept)}.`}function sayRescaled(drawn,before){
return`Scale changed: before ${sayTimes(before)}, now ${sayTimes(drawn)}.`}function sayTimes(factor){
return factor>=1.05?`${Number(factor.toFixed(1))} times`:"as computed"}function saySize(factor){return`${factor>=
1.05?`${Number(factor.toFixed(1))} times larger than`:"as"} computed`}function sayStep(number,count,label){
return count?`Step ${number+1} of ${count}: ${label}`:""}var PLUMB_TOP_MM=4,PLUMB_FOOT_MM=70,REACH_MM2=55,SEEN_MM=1;function paintAids(figure,scene,setting){
let moves=scene.moves[setting.choice],rest=setting.rest.moves[0];paintGhost(figure,moves,setting.before.
moves[setting.choice]),writeLevels(figure,setting.veiled?"":sayLevels(scene.levels,isSide(figure))),
hideNode(figure.levels,!setting.lines),paintBoards(figure,moves,rest),figure.drawnAids.begin();let{marks}=figure.
picture;setting.lines&&marks.ankle_left&&marks.ankle_right&&drawLines(figure,moves,rest),figure.drawnAids.
end()}function drawLines(figure,moves,rest){if(drawPlumbLine(figure,rest),isSide(figure))drawSpots(figure,
moves);else for(let name of["shoulder","crest"])drawLevel(figure,name,moves)}function isSide({view}){
return view==="left"||view==="right"}function paintGhost(figure,moves,before){let{map,ghost,skins,plane}=figure,
isMoved=!areSameMoves(moves,before);hideNode(ghost,!isMoved),isMoved&&skins.length&&figure.ghostly!==
before&&(figure.ghostly=before,ghost.setAttribute("d",map.draw(skins[0],before,plane)))}function paintBoards(figure,moves,rest){
let{map,drawnGround,picture,plane}=figure,boards=map.get("boards");placeGround(figure,figure.view in
boards),drawnGround.begin();for(let[side,step]of Object.entries(boards)){let mark=picture.marks[`ank\
le_${side}`];if(!mark)continue;let[bone,...ankle]=mark,place=(corner,bones)=>placeMark([bone,...ankle.
map((mm,axis)=>mm+corner[axis])],bones,plane),{sole_mm:sole,board}=picture.look,[first,second]=sole.
map(corner=>place(corner,moves)),floor=step?first[1]+step:place(sole[0],rest)[1];if(floor-Math.max(first[1],
second[1])<SEEN_MM)continue;let d=`M${[first,second,[second[0],floor],[first[0],floor]].map(([x,y])=>`${x.
toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;drawnGround.add("svg:path",{d,...getFixedAttributes(board)})}
drawnGround.end()}function placeGround({ground,ghost,aids},isNear){isNear&&ground.nextSibling!==aids&&
aids.before(ground),!isNear&&ground.previousSibling!==ghost&&ghost.after(ground)}function writeLevels(figure,words){
if(figure.said===words)return;figure.said=words,figure.levels.replaceChildren();let parts=words?words.
split(" · "):[];for(let part of parts)addNode(figure.levels,"span",{},part)}function drawLine({drawnAids,
picture},from,to,dash=[]){let d=`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`,{casing,line}=picture.look.
aids;for(let style2 of[casing,setDash(line,dash)])drawnAids.add("svg:path",{...getFixedAttributes(style2),
d})}function drawPlumbLine(figure,rest){let{picture,plane,home}=figure,[left,right]=["ankle_left","a\
nkle_right"].map(name=>placeMark(picture.marks[name],rest,plane)),plumb=(left[0]+right[0])/2,floor=left[1],
top=[plumb,home[1]+PLUMB_TOP_MM];drawLine(figure,top,[plumb,floor+PLUMB_FOOT_MM],picture.look.aids.plumb_dash)}
function drawSpots({picture,drawnAids,plane,view,unit},moves){let names=["ear",...["shoulder","hip",
"knee","ankle"].map(name=>`${name}_${view}`)],{spot,spot_radius:radius}=picture.look.aids;for(let name of names){
if(!picture.marks[name])continue;let[cx,cy]=placeMark(picture.marks[name],moves,plane),r=radius*unit;
drawnAids.add("svg:circle",{cx,cy,r,...getScaledAttributes(spot,r)})}}function drawLevel(figure,name,moves){
let{picture,plane}=figure,pair=[picture.marks[`${name}_left`],picture.marks[`${name}_right`]];if(!pair[0]||
!pair[1])return;let[first,second]=pair.map(mark=>placeMark(mark,moves,plane)),reach=REACH_MM2/Math.max(
Math.abs(second[0]-first[0]),1),dx=(second[0]-first[0])*reach,dy=(second[1]-first[1])*reach;if(Math.
abs(second[1]-first[1])>SEEN_MM){let level=(first[1]+second[1])/2,{level_dash:dash}=picture.look.aids;
drawLine(figure,[first[0]-dx,level],[second[0]+dx,level],dash)}drawLine(figure,[first[0]-dx,first[1]-
dy],[second[0]+dx,second[1]+dy])}function isOtherScale(drawn,other){return Number.isFinite(other)&&Math.abs(drawn-other)>.1*Math.max(
drawn,other)}var DrawnScale=class{constructor(){this.rested=null,this.before=null}rest({version,factors}){
this.rested?.version!==version&&(this.rested&&(this.before=this.rested),this.rested={version,factors})}findBefore(version){
return(this.rested?.version===version?this.before:this.rested)?.factors??[]}};function isSupplied(picture){return Object.keys(picture.supply??{}).length>0}function isRoot({figure,
supply}){return figure.picture.supply[supply].kind==="root"}function isSupplyHidden(group,{nerves,skin,
supply}){return isRoot(group)?!nerves:!skin&&supply.skin?.[group.supply]===void 0}function isPickable(group,isSkin){
return group.supply!==null?isSkin||isRoot(group):!isSkin}function paintSupply(group,setting){let key=isRoot(
group)?String(!!setting.supply.roots?.includes(group.supply)):`${setting.supply.skin?.[group.supply]}\
/${setting.skin}`;group.markKey!==key&&(group.markKey=key,isRoot(group)?paintRoot(group,key==="true"):
paintPatch(group,setting))}function paintRoot({figure,paths},isLit){let{root,lit_root:lit}=figure.picture.
look.supply;style(paths[0].node,isLit?lit:root)}function paintPatch(group,{supply,skin}){let{open,levels}=group.
figure.picture.look.supply,level=supply.skin?.[group.supply],look=level===void 0?open:levels[level],
[area,cover]=group.paths;style(area.node,{...look,"stroke-dasharray":look["stroke-dasharray"]??[]});
let pattern=level===void 0?"":look.pattern,fill=pattern?`url(#${group.figure.id}${pattern})`:"none";
cover.node.setAttribute("fill",fill),group.node.setAttribute("pointer-events",skin?"auto":"none")}function style(node,look){
for(let[name,value]of Object.entries(getAttributes(look))){if(name==="pattern")continue;let words=Array.
isArray(value)?value.join(" "):value;words===""?node.removeAttribute(name):node.setAttribute(name,words)}}
function findSupplied({structures,words}){return{set:new Set(structures),words,choices:[],value:""}}
function sayLevels2({roots}){return roots.length?roots.map(root=>root.split("_")[0]).join(", "):"no \
motor root"}function sayUnreached({name,plain}){return`Selected: ${name} (${plain}) – no nerve of th\
e model reaches it.`}var SETTLED_MS=600,COVERED="Predict first, then uncover.",Captions=class{constructor(map){let{root}=map;
this.map=map,this.against=addNode(root,"p",{class:"mc-against"}),this.caption=addNode(root,"p",{class:"\
mc-caption"}),this.certainty=addNode(root,"p",{class:"mc-sure-note"}),this.factor=map.stepRow.factor,
this.rescaled=map.stepRow.rescaled,this.detail=addNode(root,"p",{class:"mc-detail"}),this.trace=addNode(
root,"p",{class:"mc-trace"}),this.lit=addNode(root,"p",{class:"mc-lit"}),this.announcer=new Announcer(
map)}paint(scene){let{map}=this,isVeiled=map.get("veiled");setText(this.caption,isVeiled?COVERED:map.
get("caption")),setText(this.certainty,isVeiled?"":map.get("certainty_note"));let isEnd=isVeiled||map.
playback.isAtEnd;this.hideEnd(isEnd),setText(this.against,this.sayAgainst()),setText(this.factor,this.
sayPosture(scene)),setText(this.detail,this.saySelected(scene)),setText(this.trace,isVeiled?"":map.get(
"trace").words??""),setText(this.lit,map.lit.words),this.announcer.tell({marks:isVeiled&&map.get("mo\
st_marks")?map.coverWords.textContent:"",caption:isEnd?this.caption.textContent:"",certainty:isEnd&&
map.get("certainty")?this.certainty.textContent:"",detail:`${this.detail.textContent} ${this.trace.textContent}`.
trim(),lit:this.lit.textContent,step:map.stepRow.sayUnlessLast()})}hideEnd(isShown){for(let node of[
this.caption,this.certainty])node.style.visibility=isShown?"":"hidden"}sayAgainst(){return this.map.
get("veiled")?"":this.map.get("against_words")}sayPosture(scene){let{map}=this,choice=map.findExaggeration(),
isStill2=areSameMoves(scene.moves[choice],map.rest.moves[0]);if(setText(this.rescaled,""),map.get("v\
eiled")||isStill2)return"";let drawn=scene.factors[choice],{comparison,drawnScale}=map;if(comparison.
isOn()&&comparison.hasKept()){let kept=comparison.reference.factors[choice];if(isOtherScale(drawn,kept))
return sayKeptScale(drawn,kept)}else{let before=drawnScale.findBefore(scene.version)[choice];isOtherScale(
drawn,before)&&setText(this.rescaled,sayRescaled(drawn,before))}return sayFactor(drawn,map.get("exag\
geration"))}saySelected(scene){let{map}=this,structure=map.findSelected();if(isSupplied(map.picture))
return this.sayBesidePicked(structure);let nerve=map.picture.nerves[map.selection.nerve];return structure>=
0?sayStructure(map.picture,scene,structure,map.get("veiled")):nerve?sayNerve(nerve):""}sayBesidePicked(structure){
let shown=this.map.picture.structures[structure];return!shown||shown.id===this.map.get("picked")?"":
sayUnreached(shown)}listNotes(){return[this.against,this.certainty,this.factor,this.lit].map(node=>node.
textContent).filter(Boolean)}},Announcer=class{constructor(map){this.page=map.page,this.node=addNode(
map.root,"div",{class:"mc-live",role:"status","aria-live":"polite","aria-atomic":"true"}),this.wanted=
{},this.spoken={},this.timer=0}tell(parts){Object.keys(parts).every(name=>parts[name]===this.wanted[name])||
(this.wanted=parts,this.stop(),this.timer=this.page.setTimeout(()=>this.speak(),SETTLED_MS))}speak(){
let news=Object.entries(this.wanted).filter(([name,words])=>words&&words!==this.spoken[name]);this.spoken=
this.wanted,news.length&&(this.node.textContent=news.map(([,words])=>words).join(" "))}stop(){this.page.
clearTimeout(this.timer)}};var STEPS={ArrowLeft:-.05,ArrowDown:-.05,ArrowRight:.05,ArrowUp:.05,PageDown:-.2,PageUp:.2,Home:-1,End:1},
Comparison=class{constructor(map){this.map=map,this.reference=null,this.share=.5}is(way){return!this.
map.get("veiled")&&this.map.get("compare")===way}isOn(){return this.is("wipe")||this.is("beside")}hasKept(){
return!!this.map.get("reference").byteLength}sayPair(){return this.hasKept()?["kept","now"]:["before",
"after"]}read(){let{map}=this,buffer=copyBytes(map.get("reference"));if(buffer.byteLength){let certainty=map.
get("reference_certainty");this.reference={...readScene(buffer,0,map.picture),certainty};return}let{
before}=map.base;this.reference={...map.before,before,change:before.map(value=>0*value)}}toggleKept(){
let{map}=this;if(this.hasKept()){map.set({reference:new DataView(new ArrayBuffer(0)),reference_certainty:""});
return}let compare=map.get("compare");map.set({reference:this.packShown(),reference_certainty:map.shown.
certainty,compare:compare==="off"?"beside":compare})}packShown(){let{map}=this,isStep=map.steps.length>
0,bytes=copyBytes(map.get(isStep?"steps":"state")),size=map.base.length*4,first=isStep?map.playback.
step*size:0;return new DataView(bytes.slice(first,first+size))}findLayer(figure){let{layers}=figure;
return this.is("wipe")||this.is("beside")&&!layers.now?layers.reference??makeLayer(figure,"reference"):
null}showLayers({layers}){if(!layers.now||!layers.reference)return;let isWiped=this.is("wipe");hideNode(
layers.reference.root,!isWiped),isWiped||layers.now.root.removeAttribute("clip-path")}addHandle(figure){
let handle=addNode(figure.frame,"div",{class:"mc-wipe",hidden:""});figure.handle=handle,handle.addEventListener(
"pointerdown",event=>{handle.setPointerCapture(event.pointerId),event.stopPropagation()}),handle.addEventListener(
"pointermove",event=>{if(!handle.hasPointerCapture(event.pointerId))return;let box=figure.frame.getBoundingClientRect();
this.wipeTo((event.clientX-box.left)/box.width)}),handle.addEventListener("keydown",event=>this.answerKey(
event))}answerKey(event){let step=STEPS[event.key];step!==void 0&&(this.wipeTo(this.share+step),event.
preventDefault(),event.stopPropagation())}wipeTo(share){this.share=clamp(share,0,1),this.placeWipe()}placeWipe(){
let isOn=this.is("wipe");this.map.listFigures().forEach((figure,column)=>{figure.handle&&(figure.handle.
hidden=!isOn,isOn&&(figure.layers.reference&&cutFigure(figure,this.share),figure.handle.style.left=`${100*
this.share}%`,setAttributes(figure.handle,column?{"aria-hidden":"true"}:this.describeSlider())))})}describeSlider(){
let[then,now]=this.sayPair(),percent=Math.round(100*this.share);return{role:"slider",tabindex:0,"ari\
a-label":`How much of the picture shows ${then}`,"aria-orientation":"horizontal","aria-valuemin":0,"\
aria-valuemax":100,"aria-valuenow":percent,"aria-valuetext":`${percent} % ${then}, the rest ${now}`}}};var CHOICES={"back, side, front":["back","side","front"],"back and side":["back","side"],"back and f\
ront":["back","front"],back:["back"],front:["front"],side:["side"]},GAP_PX=10,NARROW_PX=480,NAMED_PX=380,
EDGE_PX=4,LEAST_MARGIN_PX=96,MOST_MARGIN_PX=210,LEAST_TALL_PX=385,BELOW_PX=340,LESS_BELOW_PX=240,NAMED_TALL_SHARE=.8,
MOST_TALL_PX=900,LADDER_BESIDE_PX=540,SLACK_MM=20,GROW_MM=40;function isSide2(view){return view==="l\
eft"||view==="right"}function isNarrow(width){return width<NARROW_PX}function listViews(views,width,{
isBeside,hasLabels,room=width}){let each=(isBeside?2:1)*(hasLabels?NAMED_PX:0),most=isNarrow(width)?
1:each?Math.max(Math.floor(room/each),1):views.length;return((isBeside||most<views.length)&&views.length>
2?views.filter(view=>!isSide2(view)):views).slice(0,most)}function nameChoice(views){let shown=views.
map(view=>isSide2(view)?"side":view).join();return Object.keys(CHOICES).find(name=>CHOICES[name].join()===
shown)||""}function hasRoomBeside(width){return width>=LADDER_BESIDE_PX}function findMargin(frames,width,scale){
let wide=frames.reduce((sum,frame)=>sum+frame[2],0)*scale,free=(width-wide-EDGE_PX-GAP_PX*(frames.length-
1))/(2*frames.length);return Math.floor(Math.min(Math.max(free,LEAST_MARGIN_PX),MOST_MARGIN_PX))}function findScale(frames,width,windowHeight,{
hasLabels,isTold}){let wide=frames.reduce((sum,frame)=>sum+frame[2],0),margins=hasLabels?2*frames.length*
LEAST_MARGIN_PX:0,room=width-margins-GAP_PX*(frames.length-1)-EDGE_PX,plain=windowHeight-(isTold?BELOW_PX:
LESS_BELOW_PX),tall=hasLabels?NAMED_TALL_SHARE*windowHeight:plain,height=Math.min(Math.max(LEAST_TALL_PX,
tall),MOST_TALL_PX);return Math.min(room/wide,height/frames[0][3])}function growFrame([left,top,wide,
tall],reaches){let low=left,high=left+wide;for(let[least,most]of reaches)low=Math.min(low,left-roundUp(
left-SLACK_MM-least)),high=Math.max(high,left+wide+roundUp(most-left-wide-SLACK_MM));return[low,top,
high-low,tall]}function roundUp(size){return Math.ceil(size/GROW_MM)*GROW_MM}var MOST_ZOOM=8,ZOOM_STEP=1.25,NO_ZOOM=1.02;function limitTimes(times){let held=clamp(times,1,MOST_ZOOM);
return held<NO_ZOOM?1:held}function limitHeight(height,times,[,top,,tall]){let half=tall/times/2;return clamp(
height,-(top+tall)+half,-top-half)}function findBox(frame,{times,at},{axis,sign}){if(times===1)return frame;
let[left,top,wide,tall]=frame,width=wide/times,height=tall/times;return[clamp(sign*at[axis]-width/2,
left,left+wide-width),clamp(-at[1]-height/2,top,top+tall-height),width,height]}function zoomAbout(middle,[
u,v],factor,{axis,sign}){let at=[...middle];return at[axis]+=(sign*u-at[axis])*(1-1/factor),at[1]+=(-v-
at[1])*(1-1/factor),at}function panBy({times,at},frame,dx,dy,{axis,sign}){let[left,,wide]=frame,half=wide/
times/2,hold=across=>clamp(across,left+half,left+wide-half),moved=[...at];return moved[axis]=sign*hold(
hold(sign*at[axis])-dx),moved[1]+=dy,moved}var Zoom=class{constructor(map){this.map=map,this.times=1,
this.at=[0,0,0]}zoomTo(times,at=this.at){this.times=limitTimes(times);let[figure]=this.map.listFigures();
this.at=[...at],this.at[1]=limitHeight(this.at[1],this.times,figure.home),this.map.tip.hide(),this.map.
repaint()}zoomBy(factor,spot=null){let times=clamp(this.times*factor,1,MOST_ZOOM);this.zoomTo(times,
this.findMiddle(times,spot,factor>1))}findMiddle(times,spot,isCloser){let middle=this.times>1?this.at:
this.findCentre();if(spot){let figure=this.findFigure(spot.x);return zoomAbout(middle,toPicture(figure,
spot),times/this.times,figure.plane)}let selected=isCloser?this.map.findSelectedGroup():null;return selected?
selected.anchor.slice(0,3):middle}findCentre(){let at=[0,0,0];for(let{plane,box}of this.map.listFigures())
at[plane.axis]=plane.sign*(box[0]+box[2]/2),at[1]=-(box[1]+box[3]/2);return at}pan({home,unit,plane},dx,dy){
this.zoomTo(this.times,panBy(this,home,dx*unit,dy*unit,plane))}findFigure(x){let figures=this.map.listFigures(),
isMet=({frame})=>{let box=frame.getBoundingClientRect();return x>=box.left&&x<=box.right};return figures.
find(isMet)||figures[0]}};var SWITCHES=[["labels","Names"],["latin","in Latin"],["posture_lines","Posture lines"],["nerves","N\
erves"],["patterns","How sure?"]],DEPTHS=[[4,"all layers"],[3,"without the top layer"],[2,"deep"],[1,
"deepest"]],Controls=class{constructor(map){this.map=map,this.side=map.get("views").find(isSide2)||"\
left",this.fold=createNode(map.root.ownerDocument,"details",{class:"mc-view-options"}),addNode(this.
fold,"summary",{},"View: sides, names, nerves, zoom, compare, save"),this.top=addNode(this.fold,"div",
{class:"mc-tools",role:"group","aria-label":"What is shown"}),this.offered="",this.addViews(),this.addSwitches(),
this.addZoom()}addViews(){let{map,top}=this,names=Object.keys(CHOICES).map(name=>[name,name]);this.views=
addChoice(top,"Views",names,name=>{map.set({views:CHOICES[name].map(view=>view==="side"?this.side:view)})});
let sides=["left","right"].map(side=>[side,`from the ${side}`]);this.sides=addChoice(top,"Side",sides,
side=>{this.side=side,map.set({views:map.get("views").map(view=>isSide2(view)?side:view)})})}addSwitches(){
let{map}=this,host=addNode(this.top,"span",{class:"mc-group"}),switches=isSupplied(map.picture)?[...SWITCHES,
["skin","Skin"]]:SWITCHES;this.switches=switches.map(([trait,words])=>[trait,addButton(host,words,()=>map.
set({[trait]:!map.get(trait)}),{class:"mc-switch"})])}addZoom(){let{map}=this,look={class:"mc-group",
role:"group","aria-label":"Zoom"},host=addNode(this.top,"span",look);addButton(host,"−",()=>map.zoom.
zoomBy(1/ZOOM_STEP),{"aria-label":"Zoom out"}),this.zoom=addNode(host,"span",{class:"mc-zoom"},"100 \
%"),addButton(host,"+",()=>map.zoom.zoomBy(ZOOM_STEP),{"aria-label":"Zoom in"});let words={"aria-lab\
el":"Show the whole body again"};this.whole=addButton(host,"Reset",()=>map.zoom.zoomTo(1),words)}addBottom(save){
let{map}=this;map.root.append(this.fold);let bottom=addNode(this.fold,"div",{class:"mc-tools",role:"\
group","aria-label":"How it is shown"});this.addLight(bottom),this.addCompare(bottom),this.depths=addChoice(
bottom,"Muscles",DEPTHS,value=>{map.set({depth:Number(value)})});let factors=map.picture.exaggerations.
map(factor=>[factor,factor===1?"as computed":`${factor} times larger`]);this.factors=addChoice(bottom,
"Movement drawn",factors,value=>{map.set({exaggeration:Number(value)})}),addButton(bottom,"Save as S\
VG",save)}addLight(host){let{map}=this,ways=[["none","nothing"],["chain","its chain"],["roots","its \
root family"]];this.light=addChoice(host,"Light up",ways,highlight=>map.set({highlight})),this.lit=addChoice(
host,"Which",[],lit=>map.set({lit}))}addCompare(host){let{map}=this,ways=[["off","off"],["wipe","wip\
e"],["beside","side by side"]];this.compare=addChoice(host,"Compare",ways,compare=>map.set({compare})),
this.keep=addButton(host,"Keep this picture",()=>map.comparison.toggleKept())}showLit(){let{choices,
value}=this.map.lit,key=JSON.stringify(choices);this.offered!==key&&(this.offered=key,this.lit.parentElement.
hidden=choices.length<2,setOptions(this.lit,choices)),this.lit.value=value}showSide(isShown){this.sides.
parentElement.hidden=!isShown}paint(){let{map}=this;this.paintTop(),this.light.value=map.get("highli\
ght"),this.compare.value=map.get("compare"),this.keep.textContent=map.comparison.hasKept()?"Forget t\
he kept picture":"Keep this picture",this.depths.value=map.get("depth"),this.factors.value=map.get("\
exaggeration")}paintTop(){let{map}=this,{layout}=map;this.views.value=nameChoice(layout.listViews(map.
get("views")));for(let option of this.views.options){let wanted=CHOICES[option.value],isShut=layout.
listViews(wanted).length<wanted.length;option.hidden=isShut,option.disabled=isShut}this.sides.value=
this.side;for(let[trait,button]of this.switches)button.setAttribute("aria-pressed",map.get(trait)),trait===
"latin"&&(button.hidden=!map.get("labels"));this.zoom.textContent=`${Math.round(100*map.zoom.times)}\
 %`,this.whole.disabled=map.zoom.times===1}followViews(){this.side=this.map.get("views").find(isSide2)||
this.side}};function countLetters(text){return[...text].reduce((sum,letter)=>sum+(letter.codePointAt(0)<4352?1:2),
0)}function breakWord(word,most){let parts=[""];for(let letter of word){let last=parts.pop();if(countLetters(
last+letter)<=most)parts.push(last+letter);else{let cut=last.lastIndexOf("-")+1||last.length;parts.push(
last.slice(0,cut),last.slice(cut)+letter)}}return parts}function wrapName(name,most){let lines=[];for(let word of name.
split(" ").flatMap(whole=>breakWord(whole,most))){let last=lines[lines.length-1],joined=`${last} ${word}`;
last!==void 0&&countLetters(joined)<=most?lines[lines.length-1]=joined:lines.push(word)}if(lines.length<=
3)return lines;let rest=[...lines[2]].slice(0,most-1).join("");return[...lines.slice(0,2),`${rest}…`]}
function stackLabels(labels,{top,bottom,gap}){let blocks=[],before=0;for(let{y,tall}of labels){blocks.
push({mean:y-tall/2-before,count:1}),before+=tall+gap;for(let last=blocks.length-1;last>0;last--){let[
upper,lower]=[blocks[last-1],blocks[last]];if(upper.mean<=lower.mean)break;let count=upper.count+lower.
count,mean=(upper.mean*upper.count+lower.mean*lower.count)/count;blocks.splice(last-1,2,{mean,count})}}
let most=Math.max(bottom-before+gap,top),starts=blocks.flatMap(({mean,count})=>Array(count).fill(Math.
min(Math.max(mean,top),most))),passed=0;return labels.map((label,k)=>{let at=starts[k]+passed;return passed+=
label.tall+gap,{...label,at}})}function placeNames(items,room){let labels=items.map(item=>{let lines=wrapName(
item.name,room.letters);return{...item,lines,tall:lines.length*room.line}}),columns=[[],[]],free=[room.
top,room.top],filled=[0,0];for(let label of sortByHeight(fitLabels(labels,room))){let[left,right]=[0,
1].map(side2=>wishFor(label,side2,free[side2],room)),needs=label.tall+room.gap,isFull=filled.map(height=>height+
needs>room.bottom-room.top+room.gap),isRight=isFull[0]||!isFull[1]&&right.cost<left.cost,{x,y}=isRight?
right:left,side=isRight?1:0;columns[side].push({...label,x,y,isRight}),free[side]=Math.max(y-label.tall/
2,free[side])+needs,filled[side]+=needs}return columns.flatMap(column=>uncross(sortByHeight(column),
room))}function fitLabels(labels,{top,bottom,gap}){let kept=[...labels].sort((label,other)=>other.weight-
label.weight),tallest=Math.max(0,...kept.map(({tall})=>tall)),measure=()=>kept.reduce((sum,{tall})=>sum+
tall+gap,0);for(;kept.length&&measure()>2*(bottom-top+gap)-tallest-gap;)kept.pop();return kept}function sortByHeight(labels){
let height=({y,spots})=>y??Math.min(...spots.map(spot=>spot[1]));return[...labels].sort((label,other)=>height(
label)-height(other))}function wishFor({spots,tall},side,free,{edges}){let ways=spots.map(([x2])=>Math.
abs(x2-edges[side])),reach=Math.min(...ways),[x,y]=spots[ways.indexOf(reach)];return{x,y,cost:Math.max(
free-(y-tall/2),0)+.15*reach}}function uncross(column,room){let labels=stackLabels(column,room);for(let round=0;round<
column.length;round++){let crossed=labels.findIndex((label,k)=>k+1<labels.length&&doCross(label,labels[k+
1],room.edges));if(crossed<0)break;let order=[...labels];order.splice(crossed,2,labels[crossed+1],labels[crossed]),
labels=stackLabels(order,room)}return labels}function doCross(upper,lower,edges){let edge=edges[upper.
isRight?1:0],near=Math.abs(upper.x-edge)<Math.abs(lower.x-edge)?upper:lower,far=near===upper?lower:upper,
[start,end]=[far.at+far.tall/2,far.y],along=(near.x-edge)/(far.x-edge||1),level=start+along*(end-start);
return near===upper?level<near.y:level>near.y}function placeColumns(items,size){return[-1,1].flatMap(
side=>{let column=items.filter(({spot})=>spot[0]<0==side<0),reach=Math.max(...column.map(({spot})=>side*
spot[0])),wishes=column.map(item=>({...item,y:item.spot[1],tall:size})).sort((item,other)=>item.y-other.
y),room={top:-1/0,bottom:1/0,gap:0},x=side*(reach+2*size);return stackLabels(wishes,room).map(({name,
spot,at})=>({name,spot,end:[x,at+size/2],side}))})}function rankTally(tally,ids,most){return Object.
entries(tally).map(([id,count])=>({structure:ids.indexOf(id),count})).filter(({structure})=>structure>=
0).sort((one,other)=>other.count-one.count||one.structure-other.structure).slice(0,most)}var LEAST_WIDE=560,LETTER_PX=7.2,LEGEND_WIDE=190,LEGEND_TALL=42,RANGE_LETTERS=28,LINE_TALL=17,TEXT="\
#222222",KEPT_MS=1e3;function savePicture(map){let{page}=map,text=writePicture(map),file=new page.Blob(
[text],{type:"image/svg+xml"}),href=page.URL.createObjectURL(file);createNode(page.document,"a",{href,
download:"body-map.svg"}).click(),page.setTimeout(()=>page.URL.revokeObjectURL(href),KEPT_MS)}function writePicture(map){
return keepAllowed(new map.page.XMLSerializer().serializeToString(drawSheet(map)))}function keepAllowed(text){
return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu,"�")}function drawSheet(map){
let plan=planSheet(map),size={width:plan.wide,height:plan.tall},sheet=createNode(map.page.document,"\
svg:svg",{xmlns:SVG,viewBox:`0 0 ${plan.wide} ${plan.tall}`,"font-family":"sans-serif",color:TEXT,fill:TEXT}),
figures=map.listFigures(),titles=figures.map(({title})=>title.textContent).join(", ");addNode(sheet,
"svg:title",{},`Body map: ${titles}`),addNode(sheet,"svg:desc",{},plan.caption),addNode(sheet,"svg:r\
ect",{...size,fill:"#ffffff"});for(let figure of figures)copyFigure(sheet,figure);return map.labels.
isShown&&copyLabels(sheet,map),plan.rows.forEach((row,k)=>{let x=8+k%plan.columns*LEGEND_WIDE,y=plan.
legendTop+LEGEND_TALL*Math.floor(k/plan.columns);drawLegendRow(sheet,row,x,y,figures[0])}),plan.lines.
forEach((line,k)=>{addNode(sheet,"svg:text",{x:8,y:plan.textTop+LINE_TALL*k,"font-size":13},line)}),
sheet}function planSheet({stage,captions,legend}){let wide=Math.max(stage.offsetWidth,LEAST_WIDE),caption=captions.
caption.textContent,letters=Math.floor(wide/LETTER_PX),lines=[caption,...captions.listNotes()].flatMap(
text=>wrapName(text,letters)),rows=legend.listRows(),columns=Math.max(Math.floor(wide/LEGEND_WIDE),1),
legendTop=stage.offsetHeight+20,legendEnd=legendTop+LEGEND_TALL*Math.ceil(rows.length/columns);return{
wide,caption,lines,rows,columns,legendTop,textTop:legendEnd+14,tall:legendEnd+LINE_TALL*lines.length+
16}}function copyFigure(sheet,{frame,svg,over,title,levels}){let{offsetLeft:x,offsetTop:y,offsetWidth:width,
offsetHeight:height}=frame,copy=svg.cloneNode(!0);copy.append(...over.cloneNode(!0).children),setAttributes(
copy,{x,y,width,height});for(let node of copy.querySelectorAll("[style*='display: none']"))node.remove();
sheet.append(copy);let text={x:x+width/2,"text-anchor":"middle"},bold={...text,y:y-6,"font-size":14,
"font-weight":"bold"};addNode(sheet,"svg:text",bold,title.textContent),levels.style.display!=="none"&&
[...levels.children].forEach((part,k)=>{let place={...text,y:y+height+14+13*k,"font-size":11};addNode(
sheet,"svg:text",place,part.textContent)})}function copyLabels(sheet,{labels,stage}){let copy=labels.
node.cloneNode(!0);setAttributes(copy,{x:0,y:0,width:stage.offsetWidth,height:stage.offsetHeight}),sheet.
append(copy)}function drawLegendRow(sheet,item,x,y,figure){let[swatch,word,range]=item.children,isOver=swatch.
classList.contains("mc-over"),box={x,y,width:30,height:22,fill:swatch.style.background||"#d29088"};addNode(
sheet,"svg:rect",{...box,...isOver?{stroke:"#1a1a1a","stroke-width":2.4}:{stroke:"#555555","stroke-w\
idth":1}}),figure.picture.look.patterns[item.dataset.letter]&&drawSwatchPattern(sheet,item.dataset.letter,
x,y,figure);let mark={x:x+15,y:y+16,"text-anchor":"middle","font-size":13};addNode(sheet,"svg:text",
mark,swatch.textContent),addNode(sheet,"svg:text",{x:x+36,y:y+10,"font-size":12},word.textContent),wrapName(
range.textContent,RANGE_LETTERS).forEach((line,k)=>{addNode(sheet,"svg:text",{x:x+36,y:y+22+10*k,"fo\
nt-size":9},line)})}function drawSwatchPattern(sheet,letter,x,y,{id,unit,picture}){addNode(sheet,"sv\
g:rect",{width:30*unit,height:22*unit,fill:`url(#${id}${picture.look.patterns[letter].name})`,transform:`\
translate(${x},${y}) scale(${1/unit})`})}var LEAST_DRAG_PX=4,WHEEL_LINES=.05,WHEEL_PIXELS=.003,Gestures=class{constructor(map){this.map=map,this.
drag=null,this.pinch=null,this.isDragging=!1,this.listenToWheel(),this.listenToDrag(),this.listenToFingers()}listenToWheel(){
let{stage,zoom}=this.map,answer=event=>{if(!event.ctrlKey&&!event.metaKey)return;event.preventDefault();
let speed=event.deltaMode?WHEEL_LINES:WHEEL_PIXELS;zoom.zoomBy(Math.exp(-event.deltaY*speed),readSpot(
event))};stage.addEventListener("wheel",answer,{passive:!1}),stage.addEventListener("dblclick",event=>{
isControl(event.target)||(event.preventDefault(),zoom.times>MOST_ZOOM/2?zoom.zoomTo(1):zoom.zoomBy(2,
readSpot(event)))})}listenToDrag(){let{stage}=this.map;stage.addEventListener("pointerdown",event=>this.
beginDrag(event)),stage.addEventListener("pointermove",event=>this.followDrag(event));for(let name of[
"pointerup","pointercancel"])stage.addEventListener(name,()=>this.endDrag())}beginDrag(event){let{zoom}=this.
map;if(this.isDragging=!1,zoom.times===1||event.button!==0||event.pointerType==="touch"||isControl(event.
target))return;let figure=zoom.findFigure(event.clientX);this.drag={id:event.pointerId,figure,...readSpot(
event)}}followDrag(event){let{drag}=this;if(!drag||event.pointerId!==drag.id)return;let dx=event.clientX-
drag.x,dy=event.clientY-drag.y;!this.isDragging&&Math.hypot(dx,dy)<LEAST_DRAG_PX||(this.isDragging||
this.map.stage.setPointerCapture(event.pointerId),this.isDragging=!0,this.map.zoom.pan(drag.figure,dx,
dy),Object.assign(drag,readSpot(event)))}endDrag(){this.drag=null,this.map.page.setTimeout(()=>{this.
isDragging=!1})}listenToFingers(){let{stage}=this.map,begin=event=>{this.pinch=event.touches.length===
2?readFingers(event):null};stage.addEventListener("touchstart",begin,{passive:!0}),stage.addEventListener(
"touchmove",event=>this.followFingers(event),{passive:!1}),stage.addEventListener("touchend",()=>{this.
pinch=null})}followFingers(event){let before=this.pinch;if(!before||event.touches.length!==2)return;
event.preventDefault();let{zoom}=this.map,now=readFingers(event);now.apart>1&&before.apart>1&&zoom.zoomBy(
now.apart/before.apart,now),zoom.times>1&&zoom.pan(zoom.findFigure(now.x),now.x-before.x,now.y-before.
y),this.pinch=now}};function isControl(node){return!!node.closest(".mc-wipe, button")}function readSpot({
clientX,clientY}){return{x:clientX,y:clientY}}function readFingers({touches:[first,second]}){let dx=first.
clientX-second.clientX,dy=first.clientY-second.clientY;return{x:(first.clientX+second.clientX)/2,y:(first.
clientY+second.clientY)/2,apart:Math.hypot(dx,dy)}}var ROOT_EDGE=.4,ROOT_GAP=.25;function paintHalo(map){let marked={structure:map.findSelected(),nerve:map.
selection.nerve||map.get("picked"),picked:map.get("picked"),focused:map.selection.findFocused(),hovered:map.
selection.hovered,lit:map.lit.set,ids:new Set([...listMarked(map),...Object.keys(map.get("tally"))])};
for(let figure of map.listFigures()){figure.halo.replaceChildren();let layer=figure.layers.now;if(layer){
for(let group of layer.groups){let{structure,nerve,supply}=group;(structure!==null||nerve!==null||supply!==
null)&&!group.hidden&&outlineGroup(group,marked)}map.lit.chain&&drawChain(figure,map.lit.chain),nameRoots(
figure,map.get("supply").roots??[])}}}function nameRoots(figure,roots){let{picture,unit,layers,plane}=figure,
{root_label:look,root_line:lines,root_label_px:px}=picture.look.supply,size=px*unit,items=layers.now.
groups.filter(({supply,hidden})=>roots.includes(supply)&&!hidden).map(({supply,anchor})=>({name:supply.
split("_")[0],spot:placeAnchor(anchor,layers.now.moves,plane)})),labels=placeColumns(items,size);for(let{
spot,end,side}of labels){let from=`${(spot[0]+side*ROOT_EDGE*size).toFixed(1)} ${spot[1].toFixed(1)}`;
drawOutline(figure,`M${from}L${end[0].toFixed(1)} ${end[1].toFixed(1)}`,lines)}for(let{name,end,side}of labels){
let place={x:end[0]+side*ROOT_GAP*size,y:end[1]+.35*size},text={"font-size":size,"text-anchor":side<
0?"end":"start"};addNode(figure.halo,"svg:text",{...place,...getFixedAttributes(look),...text},name)}}
function listMarked(map){let isCompared=map.get("marks_told")&&map.playback.isAtEnd;return map.get("\
veiled")||isCompared||!map.get("most_marks")?map.get("marked"):[]}function outlineGroup(group,marked){
let{figure,main,outer}=group,{outlines}=figure.picture.look,isChosen=isTheChosen(group,marked),isMarked=group.
structure!==null&&marked.ids.has(figure.picture.structures[group.structure].id),isPressed=isChosen||
isMarked;group.pressed!==isPressed&&(group.pressed=isPressed,group.node.setAttribute("aria-pressed",
isPressed)),isMarked&&drawOutline(figure,outer.d,outlines.marked);let lit=marked.picked?outlines.supplied:
outlines.lit;marked.lit?.has(group.structure)&&!isChosen&&drawOutline(figure,main.d,lit),isChosen?drawOutline(
figure,outer.d,outlines.chosen):group===marked.focused?drawOutline(figure,outer.d,outlines.focused):
isSame(group,marked.hovered)&&drawOutline(figure,outer.d,outlines.hovered)}function isTheChosen({structure,
nerve,supply},marked){return structure!==null?structure===marked.structure:supply!==null?supply===marked.
picked:nerve===marked.nerve}function isSame(group,other){return other&&["structure","nerve","supply"].
every(kind=>group[kind]===other[kind])}function drawOutline({halo},d,styles){for(let style2 of styles)
addNode(halo,"svg:path",{d,...getFixedAttributes(style2)})}function drawChain(figure,{stations,grades}){
let{halo,picture,unit}=figure,{chain:look}=picture.look,spots=stations.map(station=>placeStation(figure,
station));grades.forEach((grade,k)=>{if(!spots[k]||!spots[k+1])return;let[from,to]=[spots[k],spots[k+
1]].map(([x,y])=>`${x.toFixed(1)} ${y.toFixed(1)}`),line=setDash(look.line,look.dashes[grade]??look.
other_dash);drawOutline(figure,`M${from}L${to}`,[look.casing,line])});for(let spot of spots.filter(Boolean)){
let r=look.spot_radius*unit,place={cx:spot[0],cy:spot[1],r};addNode(halo,"svg:circle",{...place,...getScaledAttributes(
look.spot,r)})}}function placeStation({layers,plane},station){let group=layers.now.groups.find(({structure,
hidden})=>structure===station&&!hidden);return group&&placeAnchor(group.anchor,layers.now.moves,plane)}var WAYS={ArrowUp:[0,-1],ArrowDown:[0,1],ArrowLeft:[-1,0],ArrowRight:[1,0]};function listenToPointer(map){
let{stage,selection,tip}=map;stage.addEventListener("pointermove",event=>{let group=map.gestures.isDragging?
null:findGroup(event);selection.hover(group),group?tip.show(group,event.clientX,event.clientY):tip.hide()}),
stage.addEventListener("pointerleave",()=>{selection.hover(null),tip.hide()}),stage.addEventListener(
"click",event=>{let group=findGroup(event);!group||map.gestures.isDragging||(selection.focusOn(group),
selection.choose(group),tip.show(group,event.clientX,event.clientY))})}function listenToKeys(map){let{
stage,tip}=map;stage.addEventListener("focusin",event=>{let group=findGroup(event);if(!group)return;
map.paintHalo();let box=group.node.getBoundingClientRect();group.node.matches(":focus-visible")&&tip.
show(group,box.right,box.top+box.height/2)}),stage.addEventListener("focusout",()=>{tip.hide(),map.page.
requestAnimationFrame(()=>map.paintHalo())}),stage.addEventListener("keydown",event=>{let group=findGroup(
event);!group||event.ctrlKey||event.metaKey||event.altKey||answerKey(map,group,event.key)&&(event.preventDefault(),
event.stopPropagation())})}function findGroup(event){return event.target.closest(".mc-structure, .mc\
-nerve, .mc-supply, .mc-kept")?.mcGroup??null}function answerKey(map,group,key){let{selection}=map;if(WAYS[key]){
let neighbour=selection.findNeighbour(WAYS[key]);neighbour&&selection.focusOn(neighbour)}else if(key===
"Enter"||key===" ")selection.choose(group);else if(key==="Escape")map.tip.hide(),selection.clear();else if(key===
"+"||key==="=")map.zoom.zoomBy(ZOOM_STEP);else if(key==="-")map.zoom.zoomBy(1/ZOOM_STEP);else if(key===
"0")map.zoom.zoomTo(1);else return!1;return!0}var LADDER_PX=214,ROUTES=["posture","pull","guarding"],MAGNIFIERS=[1,10,100],SIDES=["left","right"],
HALF_PX=68,TIP_PX=5,LANE_PX=11,GAP_PX2=4,NAME_PX=14,ROUND2=[1,1.5,2,3,4,5,6,8,10],LEAST_N=.05,LEAST_TALL=300;
function readRungs(numbers){let at=0,rungs=[];for(;at<numbers.length;)rungs.push(SIDES.map(()=>ROUTES.
map(()=>[numbers[at++],numbers[at++]])));return rungs}function findSpan(rungs){let sums=rungs.flatMap(
rung=>rung.flatMap(side=>[0,1].map(way=>side.reduce((sum,route)=>sum+route[way],0)))),most=Math.max(
10,...sums),power=10**Math.floor(Math.log10(most));return ROUND2.map(times=>times*power).find(span=>span>=
most-1e-9)}function findTold(stages,at,reveal){if(!stages.length||at>=stages.length-1)return()=>1;let told=new Map;
return stages.slice(0,at+1).forEach(({route,place},k)=>{route&&place&&told.set(`${route}/${place}`,k===
at?reveal:1)}),(route,place)=>told.get(`${route}/${place}`)??0}function mixNumbers2(stages,at,reveal){
let{ladder}=stages[at],before=stages[at-1]?.ladder;return!before||reveal>=1?ladder:ladder.map((value,k)=>before[k]+
reveal*(value-before[k]))}function saySum(sum){let size=sayNewtons(sum).replace(" N","");return Math.
abs(sum)<LEAST_N?"0":`${sum<0?"−":"+"}${size}`}function listBars(side,place,told,pxPerN){return[0,
1].flatMap(way=>{let sizes=ROUTES.map((route,k)=>side[k][way]*told(route,place)*pxPerN),whole=sizes.
reduce((sum,size)=>sum+size,0),isLong=whole>HALF_PX+.5,from=0,bars=ROUTES.map((route,k)=>{let start=from;
return from+=isLong?sizes[k]/whole*HALF_PX:sizes[k],{route,way,from:start,to:Math.min(from,HALF_PX),
isCut:!1}}).filter(({from:start,to})=>to-start>.3);return isLong&&bars.length&&(bars[bars.length-1].
isCut=!0),bars})}function placeRungs(wishes,top,bottom){let rungs=wishes.map(y=>({y,tall:NAME_PX+2*LANE_PX-
4}));for(let k=1;k<rungs.length;k++)rungs[k].y=Math.min(rungs[k].y,rungs[k-1].y-1);return stackLabels(
rungs.reverse(),{top,bottom,gap:GAP_PX2}).reverse().map(({at})=>at+NAME_PX+LANE_PX-2)}var Ladder=class{constructor(map){
this.map=map,this.node=addNode(map.stage,"div",{class:"mc-ladder"}),addNode(this.node,"div",{class:"\
mc-view-name"},"Ladder: left and right"),this.svg=addNode(this.node,"svg:svg",{role:"img",width:LADDER_PX}),
this.axis=addNode(this.svg,"svg:line",{class:"mc-ladder-axis"});let addKind=()=>new Redrawn(addNode(
this.svg,"svg:g"));this.drawn={words:addKind(),bars:addKind(),tips:addKind()},this.scale=addNode(this.
node,"div",{class:"mc-ladder-scale"}),this.addLegend(),this.key="",this.most=0}addMagnifier(row){let host=addNode(
row,"span",{class:"mc-group",role:"group","aria-label":"Bars of the ladder"});addNode(host,"span",{class:"\
mc-magnifier-name"},"Bars"),this.buttons=MAGNIFIERS.map(times=>addButton(host,`×${times}`,()=>this.
map.set({magnifier:times}),{class:"mc-switch","aria-label":`Bars ${times} times as long`}))}addLegend(){
let list=addNode(this.node,"div",{class:"mc-ladder-legend"});this.swatches={};for(let route of ROUTES){
let entry=addNode(list,"span");this.swatches[route]=addNode(entry,"i"),entry.append(route)}let less=addNode(
list,"span");addNode(less,"i",{class:"mc-hollow"}),less.append("less")}get isShown(){return this.map.
get("ladder").length>0&&this.map.picture.places.length>0}paint({stages,at,reveal,isVeiled},first){if(this.
node.hidden=!this.isShown,this.node.style.visibility=isVeiled?"hidden":"",!this.isShown||!first)return;
let isOwn=!!stages[at]?.ladder,numbers=isOwn?mixNumbers2(stages,at,reveal):this.map.get("ladder"),times=this.
map.get("magnifier");for(let route of ROUTES)this.swatches[route].style.background=this.colours[route];
let key=[this.map.get("dark"),first.box,first.unit,times,at,reveal.toFixed(3),stages.length,numbers];
if(this.key===JSON.stringify(key))return;this.key=JSON.stringify(key);let rungs=readRungs(numbers),span=this.
measure(rungs,isVeiled)/times,told=isOwn?()=>1:findTold(stages,at,reveal),isCut=this.drawRungs(rungs,
told,span,first),longest=Number(span.toPrecision(2));setText(this.scale,`Longest bar: ${longest} N. ${isCut?
"Tip: cut short.":"Rounded."}`),this.buttons.forEach((button,k)=>button.setAttribute("aria-pressed",
MAGNIFIERS[k]===times))}measure(rungs,isVeiled){let most=Math.max(this.most,findSpan(rungs));return this.
most=isVeiled?0:most,most}get colours(){let{dark_routes:dark,routes}=this.map.picture;return this.map.
get("dark")?dark:routes}drawRungs(rungs,told,span,{box,unit}){let{svg,map}=this,tall=Math.max(box[3]/
unit,LEAST_TALL);this.size(tall);for(let kind of Object.values(this.drawn))kind.begin();let middle=LADDER_PX/
2;SIDES.forEach((side,k)=>{let x=k?LADDER_PX-4:4;this.write(x,tall-4,side,k?"end":"start")});let{places}=map.
picture,wishes=places.map(({height})=>(-height-box[1])/unit),heights=placeRungs(wishes,0,tall-20),said=places.
map(({name},k)=>{let y=heights[k];this.write(middle,y-LANE_PX-3,name,"middle");let words=SIDES.map((side,s)=>this.
drawSide(rungs[k][s],name,told,span,y,s));return`${name}: ${words.join(", ")}`});svg.setAttribute("a\
ria-label",`Muscles added up. ${said.join(". ")}.`);for(let kind of Object.values(this.drawn))kind.end();
return this.drawn.tips.count>0}size(tall){if(this.tall===tall)return;this.tall=tall;let middle=LADDER_PX/
2,height=tall.toFixed(0);setAttributes(this.svg,{viewBox:`0 0 ${LADDER_PX} ${height}`,height}),setAttributes(
this.axis,{x1:middle,x2:middle,y1:4,y2:tall-18})}drawSide(side,place,told,span,y,s){let ends=this.drawBars(
listBars(side,place,told,HALF_PX/span),y,s),sums=[0,1].map(way=>ROUTES.reduce((sum,route,k)=>sum+side[k][way]*
told(route,place),0)),words=[];return sums.forEach((size,way)=>{if(size<LEAST_N)return;let x=LADDER_PX/
2+(s?1:-1)*(ends[way]+3),number=saySum(way?-size:size);this.write(x,y-2+way*LANE_PX,number,s?"start":
"end","mc-ladder-sum"),words.push(`${sayNewtons(size)} ${way?"less":"more"}`)}),`${SIDES[s]} ${words.
join(" and ")||"no change"}`}drawBars(bars,y,s){let ends=[0,0],sign=s?1:-1,tall=LANE_PX-1;for(let{route,
way,from,to,isCut}of bars){let colour=this.colours[route],look={stroke:colour,...way?{class:"mc-ladd\
er-less"}:{fill:colour}},top=y-LANE_PX+way*LANE_PX,places=[from,to].map(px=>LADDER_PX/2+sign*px),x=Math.
min(...places).toFixed(1),width=(to-from).toFixed(1);if(this.drawn.bars.add("svg:rect",{x,y:top.toFixed(
1),width,height:tall,...look}),ends[way]=to+(isCut?TIP_PX:0),!isCut)continue;let tip=[places[1]+sign*
TIP_PX,top+tall/2],points=[[places[1],top],tip,[places[1],top+tall]];this.drawn.tips.add("svg:polygo\
n",{points:points.join(" "),...look})}return ends}write(x,y,words,anchor,name=""){let place={x:x.toFixed(
1),y:y.toFixed(1),"text-anchor":anchor};this.drawn.words.add("svg:text",{...place,class:name,fill:"c\
urrentColor"},words)}};var FONT_PX=11.5,LINE_PX=FONT_PX+2,LETTER_PX2=.54*FONT_PX,LEAST_LETTERS=6,GAP_PX3=2,ASIDE_PX=8,TEXT_PX=14,
CHOSEN_WEIGHT=1e3,Labels=class{constructor(map){this.map=map,this.node=addNode(map.stage,"svg:svg",{
class:"mc-labels","aria-hidden":"true"})}get isShown(){return this.map.get("labels")}paint(){let{map,
node}=this;if(node.style.display=this.isShown?"":"none",!this.isShown)return;let{offsetWidth:wide,offsetHeight:tall}=map.
stage;node.setAttribute("viewBox",`0 0 ${wide} ${tall}`),node.replaceChildren();for(let figure of map.
listFigures())figure.layers.now&&this.paintFigure(figure)}paintFigure(figure){let{offsetLeft:left,offsetTop:top,
offsetWidth:wide,offsetHeight:tall}=figure.frame,letters=Math.floor((this.map.layout.margin-TEXT_PX)/
LETTER_PX2),labels=placeNames(this.listItems(figure),{edges:[left-ASIDE_PX,left+wide+ASIDE_PX],top,bottom:top+
tall,line:LINE_PX,letters:Math.max(letters,LEAST_LETTERS),gap:GAP_PX3});for(let label of labels)this.
drawLabel(label,label.isRight?left+wide+ASIDE_PX:left-ASIDE_PX)}listItems(figure){let items=new Map,
counts=this.countMarks(),chosen=this.map.findSelected();for(let group of figure.layers.now.groups){let isAsked=counts?
counts.has(group.structure):group.structure===chosen,spot=isNamed(group,isAsked,counts,this.map.get(
"depth"))&&placeGroup(group);if(!spot)continue;let{id,base}=this.map.picture.structures[group.structure],
key=counts?id:base,name=this.findName(group.structure,counts),item=items.get(key)??{name,spots:[],weight:0,
isBold:!1};item.spots.push(spot),item.weight=Math.max(item.weight,isAsked?CHOSEN_WEIGHT:group.sight.
width),item.isBold||=group.structure===chosen,items.set(key,item)}return[...items.values()]}countMarks(){
let tally=this.map.get("tally");if(!Object.keys(tally).length)return null;let{structures,look}=this.
map.picture,ids=structures.map(({id})=>id),ranked=rankTally(tally,ids,look.labels.most);return new Map(
ranked.map(({structure,count})=>[structure,count]))}findName(structure,counts){let{name,latin,plain}=this.
map.picture.structures[structure];return counts?`${counts.get(structure)}× ${name}`:!this.map.get("\
latin")&&plain||latin}drawLabel(label,edge){let{labels:look}=this.map.picture.look,d=`M${edge+(label.
isRight?-3:3)} ${label.at+label.tall/2}L${label.x} ${label.y}`;for(let style2 of[look.casing,look.line])
addNode(this.node,"svg:path",{d,...getAttributes(style2)});let r=look.spot_radius,spot={cx:label.x,cy:label.
y,r};addNode(this.node,"svg:circle",{...spot,...getScaledAttributes(look.spot,r)}),label.lines.forEach(
(line,k)=>{let text={x:edge,y:label.at+(k+.82)*LINE_PX,"text-anchor":label.isRight?"start":"end","fo\
nt-size":FONT_PX,fill:"currentColor",...label.isBold?{"font-weight":"bold"}:{}};addNode(this.node,"s\
vg:text",text,line)})}};function isNamed({structure,hidden,sight},isAsked,counts,depth){return structure===
null||hidden?!1:isAsked||!counts&&sight!==null&&sight.depth>=depth}function placeGroup({figure,layer,
sight,anchor}){let{frame,box,unit,plane}=figure,[left,top,wide,tall]=box;for(let place of sight?.anchors??
[anchor]){let[u,v]=placeAnchor(place,layer.moves,plane);if(u>left&&u<left+wide&&v>top&&v<top+tall)return[
frame.offsetLeft+(u-left)/unit,frame.offsetTop+(v-top)/unit]}return null}var NARROW_PX2=115,PAPER_PX=680,DEFAULT_PX=700,Layout=class{constructor(map){this.map=map,this.figures=
{},this.keys=[],this.margin=0,this.last="",this.shownWidth=0}get width(){return this.map.isPrinting?
PAPER_PX:this.shownWidth||DEFAULT_PX}measure(){let{clientWidth}=this.map.root;return this.shownWidth=
clientWidth||this.shownWidth,clientWidth>0}listFigures(){return this.keys.map(key=>this.figures[key])}forget(){
this.last=""}layOut(){this.chooseFigures(),this.growFrames();let{map}=this,homes=this.listFigures().
map(figure=>figure.home),room=this.findRoom(),hasLabels=map.get("labels"),needs={hasLabels,isTold:!isSupplied(
map.picture)},scale=findScale(homes,room,map.page.innerHeight,needs);this.margin=hasLabels?findMargin(
homes,room,scale):0;let{zoom,isPrinting}=map,compare=map.get("compare"),plan=[this.keys,this.margin,
scale,compare,isPrinting,homes,zoom.times,zoom.at],key=JSON.stringify(plan);key!==this.last&&(this.last=
key,this.place(scale))}findRoom(){let isBeside=this.map.ladder.isShown&&hasRoomBeside(this.width);return this.
map.stage.classList.toggle("mc-stacked",!isBeside),this.width-(isBeside?LADDER_PX+GAP_PX:0)}chooseFigures(){
let{comparison}=this.map,views=this.listViews(this.map.get("views"));this.keys=views.flatMap(view=>[
...comparison.is("beside")?[this.findKey(view,"reference")]:[],this.findKey(view,"now")]);for(let[key,
{node}]of Object.entries(this.figures)){let column=this.keys.indexOf(key);node.hidden=column<0,column>=
0&&(node.style.order=column)}}listViews(views){return listViews(views,this.width,{isBeside:this.map.
comparison.is("beside"),hasLabels:this.map.get("labels"),room:this.findRoom()})}findKey(view,which){
let key=`${view}-${which}`;return this.figures[key]||(this.figures[key]=makeFigure(this.map,view,which),
which==="now"&&this.map.comparison.addHandle(this.figures[key])),key}growFrames(){let{map}=this,choice=map.
findExaggeration(),scenes=map.get("veiled")?[]:map.listScenes();for(let figure of this.listFigures()){
let reaches=scenes.map(scene=>this.findReachOf(figure,scene,choice));figure.home=growFrame(map.picture.
views[figure.view].frame,reaches)}}findReachOf({view,skins,plane},scene,choice){if(!skins.length)return[
0,0];let key=`${view}${choice}`;return scene.reach||={},scene.reach[key]||=findReach(this.map.vertices,
skins,scene.moves[choice],plane),scene.reach[key]}place(scale){let{map}=this;map.root.classList.toggle(
"mc-zoomed",map.zoom.times>1&&!map.isPrinting);for(let figure of this.listFigures())this.placeFigure(
figure,scale);map.comparison.placeWipe(),map.controls.showSide(this.keys.some(key=>isSide2(key.split(
"-")[0]))),map.controls.paint()}placeFigure(figure,scale){let{map}=this,times=map.isPrinting?1:map.zoom.
times,width=`${(figure.home[2]*scale).toFixed(2)}px`;figure.frame.style.width=width,figure.frame.style.
margin=`0 ${this.margin}px`,figure.levels.style.width=width,figure.node.classList.toggle("mc-narrow",
figure.home[2]*scale<NARROW_PX2),figure.levels.style.margin="0 auto",setBox(figure,findBox(figure.home,
{times,at:map.zoom.at},figure.plane)),setUnit(figure,1/(scale*times)),this.writeTitle(figure)}writeTitle(figure){
let{comparison,picture}=this.map,{name}=picture.views[figure.view],[then,now]=comparison.sayPair(),isKept=!figure.
layers.now;comparison.is("wipe")?figure.title.textContent=`${name}: ${then} | ${now}`:comparison.is(
"beside")?figure.title.textContent=`${name}, ${isKept?then:now}`:figure.title.textContent=name;let kept=isKept?
`, ${then}`:"";figure.svg.setAttribute("aria-label",`Body, ${name.toLowerCase()}${kept}`)}};var SETTLED="s",PALER="-",Legend=class{constructor(map){this.map=map,this.node=addNode(map.root,"ul",
{class:"mc-legend","aria-label":"Legend: change of tension against resting"}),this.strip=addNode(map.
stepRow.telling,"div",{class:"mc-scale","aria-hidden":"true"})}paint(){let{map}=this;if(this.node.replaceChildren(),
isSupplied(map.picture)){this.paintSupply();return}this.paintStrip();for(let{word,range,mark,colour}of map.
get("legend"))this.addRow(word,range,"",mark).swatch.style.background=colour;this.addRow("overloaded",
"works at its full strength","mc-over","!"),this.paintDotted();for(let{letter,word,meaning}of map.picture.
certainty)letter!==SETTLED&&(this.addRow(word,meaning,`mc-${word}`).item.dataset.letter=letter);this.
addRow("paler","its direction is not settled","mc-paler").item.dataset.letter=PALER}paintDotted(){let{
word,meaning}=this.map.picture.look.referred;this.map.get("referred").length&&this.addRow(word,meaning,
"mc-dotted","∷")}paintSupply(){this.node.setAttribute("aria-label","Legend: skin and nerves");for(let{
level,word,meaning}of this.map.picture.agreements)this.addRow(word,meaning,`mc-agree mc-agree-${level}`)}paintStrip(){
let rows=this.map.get("legend");this.strip.replaceChildren(),addNode(this.strip,"span",{},"less");for(let{
range,mark,colour}of rows){let swatch=addNode(this.strip,"span",{class:"mc-swatch",title:range},mark);
swatch.style.background=colour}addNode(this.strip,"span",{},"more")}addRow(word,range,kind,mark=""){
let item=addNode(this.node,"li"),look={"aria-hidden":"true",class:`mc-swatch ${kind}`},swatch=addNode(
item,"span",look,mark);return addNode(item,"span",{},word),addNode(item,"small",{},range),{item,swatch}}showLetters(scene){
let isVeiled=this.map.get("veiled");this.strip.hidden=isVeiled||isSupplied(this.map.picture);let patterns=this.
map.get("patterns"),isShown=letter=>letter===PALER?!patterns&&/[ld]/.test(scene.certainty):patterns&&
scene.certainty.includes(letter);for(let item of this.node.children){let{letter}=item.dataset;letter&&
(item.hidden=isVeiled||!isShown(letter))}}listRows(){return[...this.node.children].filter(item=>!item.
hidden)}};var NOTHING={set:null,words:"",choices:[],value:""};function findLit(picture,how,structure,asked){return how===
"none"?NOTHING:structure<0?{...NOTHING,words:askForSelection(how)}:how==="chain"?findChain(picture,structure,
asked):findRoots(picture,structure,asked)}function askForSelection(how){return how==="chain"?"Select\
 a structure to light up its chain.":"Select a muscle to light up its root family."}function findChain(picture,structure,asked){
let chains=picture.chains.filter(chain2=>chain2.stations.includes(structure)),chain=chains.find(({id})=>id===
asked)||chains[0];if(!chain){let{name}=picture.structures[structure];return{...NOTHING,words:`${name}\
 is a station of none of the chains.`}}return{chain,set:new Set(chain.stations),choices:chains.map(({
id,name})=>[id,name]),value:chain.id,words:sayChain(picture,chain)}}function sayChain(picture,{name,
stations,grades}){let side=/, (left|right)$/.exec(name)?.[0]||"",shorten=words=>side&&words.endsWith(
side)?words.slice(0,-side.length):words,names=stations.map(station=>shorten(picture.structures[station].
name)),counts=[...new Set(grades)].map(grade=>`${grades.filter(other=>other===grade).length} ${grade}`);
return`${name}: ${names.join(" – ")}. Its ${grades.length} steps: ${counts.join(", ")}.`}function findRoots(picture,structure,asked){
let{name,roots}=picture.structures[structure];if(!roots.length)return{...NOTHING,words:`${name} has \
no motor root.`};let shown=roots.includes(asked)?[asked]:roots,families=shown.map(root=>listFamily(picture,
root)),counts=shown.map((root,k)=>{let others=families[k].filter(member=>member!==structure).length;
return`${nameRoot(root)} with ${sayCount(others,"muscle")}`});return{set:new Set([structure,...families.
flat()]),choices:[["","all its roots"],...roots.map(root=>[root,nameRoot(root)])],value:shown.length===
1&&roots.length>1?shown[0]:"",words:`${name} shares ${counts.join(", ")} of its side.`}}function listFamily({
structures},root){return structures.flatMap(({roots},number)=>roots.includes(root)?[number]:[])}function nameRoot(root){
return root.split("_")[0]}var Pace=class{constructor(map){this.map=map,this.page=map.page,this.isLean=!1,this.isWeak=!1,this.slow=
0,this.movedAt=-1/0,this.isPending=!1,this.hasPainted=!1,this.isStirred=!1,this.timer=0}setLean(isLean){
this.isLean=isLean,this.map.root.classList.toggle("mc-lean",isLean)}giveUp(){this.isLean||(this.isWeak=
!0,this.setLean(!0))}stir(){this.isStirred=!0,this.request()}request(){this.isPending||(this.isPending=
!0,this.hasPainted?this.page.requestAnimationFrame(()=>this.paint()):this.page.queueMicrotask(()=>this.
paint()))}paint(){let begun=this.page.performance.now(),isMoving=this.isStirred&&!this.map.playback.
isRunning;this.isPending=!1,this.isStirred=!1,isMoving&&this.noteMove(begun),this.map.paintNow(),isMoving&&
this.isLean&&this.paintWholeSoon(),this.hasPainted=!this.page.document.hidden,this.hasPainted&&this.
page.requestAnimationFrame(()=>this.notice(begun,isMoving))}noteMove(begun){begun-this.movedAt>200&&
(this.slow=0),this.movedAt=begun,this.slow>=3&&this.setLean(!0)}notice(begun,isMoving){this.hasPainted=
!1,isMoving&&this.page.setTimeout(()=>{this.slow=this.page.performance.now()-begun>44?this.slow+1:0})}paintWholeSoon(){
this.page.clearTimeout(this.timer),this.timer=this.page.setTimeout(()=>{this.map.playback.isRunning||
!this.isLean||(this.setLean(!1),this.map.paintNow())},250)}stop(){this.page.clearTimeout(this.timer)}};function findPosition(change,span){return Number.isFinite(change)?Math.sign(change)*Math.min(Math.abs(
change)/span,1)**.25:0}function findColour(picture,structure,position){let scale=picture.scales[Number(
picture.structures[structure].muscle)],shown=Math.abs(position)<picture.mild?0:position;return scale[Math.
round(50+50*shown)]}function findArrow(picture,position){let size=Math.abs(position);if(size<picture.
mild)return 0;let edges=[picture.mild,picture.strong,picture.huge];return Math.sign(position)*edges.
filter(edge=>size>=edge).length}var NO_MARKS={arrow:0,isOver:!1,pattern:""};function paintMarks(group,scene,setting,isFresh){let{figure}=group,
wanted=setting.veiled?NO_MARKS:findMarks(group,scene,setting),key=wanted.arrow||wanted.isOver||wanted.
pattern?`${Object.values(wanted).join("/")}/${figure.unit.toFixed(2)}`:"";if(!(group.markKey===key&&
!(isFresh&&key))){group.markKey=key;for(let node of group.marks)node.remove();group.marks=key?listMarks(
group,wanted).map(attributes=>addMark(group,attributes)):[]}}function findMarks({structure,figure},scene,{
span,patterns}){let{picture}=figure,{look}=picture,isLarge=Math.abs(scene.change[structure])>=look.patterned_n;
return{arrow:findArrow(picture,findPosition(scene.change[structure],span)),isOver:!!(scene.flags[structure]&
OVERLOADED),pattern:patterns&&isLarge&&look.patterns[scene.certainty[structure]]?.name||""}}function addMark(group,attributes){
return addNode(group.node,"svg:path",{...attributes,"pointer-events":"none"})}function listMarks(group,{
arrow,isOver,pattern}){let{figure,main}=group,{look}=figure.picture,found=[];if(pattern&&found.push(
{d:main.d,fill:`url(#${figure.id}${pattern})`,...look.pattern_edge}),isOver)for(let edge of look.overload_edges)
found.push({d:main.d,...getFixedAttributes(edge)});if(!arrow&&!isOver)return found;let{marks}=look,[
x,y]=placeAnchor(group.anchor,group.layer.moves,figure.plane),radius=clamp(marks.radius*figure.unit,
marks.least_mm,marks.most_mm);return arrow&&found.push(drawArrow(marks,arrow,x,y,radius)),isOver&&found.
push(...drawSign(marks,x,y-(arrow?marks.step_share*radius:0),radius)),found}function drawArrow(marks,arrow,x,y,radius){
let isFull=Math.abs(arrow)>1,wide=isFull?radius:marks.open_share*radius,tip=-marks.height_share*wide*
Math.sign(arrow);return{d:(Math.abs(arrow)>2?[-tip,tip]:[0]).map(up=>`M${x-wide} ${y+up-tip}L${x+wide}\
 ${y+up-tip}L${x} ${y+up+tip}Z`).join(""),...getScaledAttributes(isFull?marks.full:marks.open,radius)}}
function drawSign(marks,x,y,radius){let turn=`a${radius} ${radius} 0 1 0`;return[{d:`M${x-radius} ${y}${turn}\
 ${2*radius} 0${turn} ${-2*radius} 0Z`,...getScaledAttributes(marks.full,radius)},{d:`M${x} ${y-.62*
radius}V${y+.15*radius}M${x} ${y+.5*radius}v${.1*radius}`,...getScaledAttributes(marks.sign,radius)}]}var UNDER_REACH_MM=4,LEAST_PX=.2,LEAST_MM=.5;function paintLayer(layer,scene,setting){let moves=scene.
moves[setting.choice];(!layer.moves||moves.some((value,k)=>value!==layer.moves[k]))&&(layer.moves=Float32Array.
from(moves),stampBones(layer,setting.extents,Math.min(LEAST_PX*layer.figure.unit,LEAST_MM)));for(let group of layer.
groups)paintGroup(group,scene,setting)}function stampBones(layer,extents,least){layer.drawn||=layer.
moves.map(()=>NaN);let{moves,drawn}=layer;for(let bone=0;bone<extents.length;bone++){let at=bone*BONE_NUMBERS;
if(!extents[bone].every(corner=>isStill(corner,moves,drawn,at,least))){layer.stamps[bone]=++layer.stamp;
for(let k=at;k<at+BONE_NUMBERS;k++)drawn[k]=moves[k]}}}function isStill([x,y,z],moves,drawn,at,least){
for(let r=at;r<at+BONE_NUMBERS;r+=4){let gap=(moves[r]-drawn[r])*x+(moves[r+1]-drawn[r+1])*y+(moves[r+
2]-drawn[r+2])*z+moves[r+3]-drawn[r+3];if(!(Math.abs(gap)<least))return!1}return!0}function isGroupHidden(group,setting){
return group.supply!==null?isSupplyHidden(group,setting):group.nerve!==null?!setting.nerves:group.depth>
setting.depth}function paintGroup(group,scene,setting){let isHidden=isGroupHidden(group,setting);if(group.
hidden!==isHidden&&(group.hidden=isHidden,hideNode(group.node,isHidden)),isHidden)return;makePlain(group,
isCovered(group,setting.depth));let isFresh=paintOutlines(group,setting);group.owner>=0&&paintColour(
group,scene,setting),group.structure!==null?(paintMarks(group,scene,setting,isFresh),labelStructure(
group,scene,setting)):group.nerve!==null?paintNerve(group,setting):group.supply!==null&&paintSupply(
group,setting)}function isCovered({structure,sight},depth){return structure!==null&&!(sight?.depth>=
depth)}function makePlain(group,isPlain){group.isPlain!==isPlain&&(group.isPlain=isPlain,group.isCoarse=
!0,group.node.classList.toggle("mc-plain",isPlain))}function paintOutlines(group,setting){let{layer,
figure}=group,stamp=findStamp(group.bones,layer.stamps),isFresh=group.stamp!==stamp;if(!isFresh&&(setting.
lean||!group.isCoarse))return!1;group.stamp=stamp,group.isCoarse=setting.lean;let last=null,d="";for(let path of group.
paths)path.isFine&&(setting.lean||group.isPlain)||(path.part!==last&&(d=figure.map.draw(path.part,layer.
moves,figure.plane)),last=path.part,path.d=d,path.node.setAttribute("d",d));return isFresh}function findStamp(bones,stamps){
let newest=0;for(let bone of bones)newest=Math.max(newest,stamps[bone]);return newest}function paintColour(group,scene,setting){
let{picture}=group.figure,last=null,colour=null;for(let path of group.paths){if(!path.isFilled)continue;
let{owner}=path.part;owner!==last&&(colour=findShown(picture,owner,scene,setting)),last=owner,path.colour!==
colour&&(path.colour=colour,path.node.setAttribute("fill",colour))}let isUnlit=setting.lit&&!setting.
lit.has(group.owner),opacity=group.opacity*(isUnlit?picture.look.opacity.unlit:1);group.shownOpacity!==
opacity&&(group.shownOpacity=opacity,group.node.setAttribute("opacity",opacity))}function findShown(picture,owner,scene,setting){
if(setting.veiled)return picture.look.veiled;let full=findPosition(scene.change[owner],setting.span);
return findColour(picture,owner,full*findPaleness(picture,scene.certainty[owner],setting))}function findPaleness({
look},letter,{patterns}){return patterns?1:look.paler[letter]??1}function labelStructure(group,scene,setting){
if(group.layer.which!=="now"||setting.isBetween)return;let{picture}=group.figure,shown=picture.structures[group.
structure],change=()=>sayChange(picture,scene,group.structure),words=setting.veiled?"covered":isSupplied(
picture)?sayLevels2(shown):change();setLabel(group,`${shown.name}: ${words}`)}function setLabel(group,label){
group.label!==label&&(group.label=label,group.node.setAttribute("aria-label",label))}function paintNerve(group,setting){
let{look,nerves}=group.figure.picture,{nerve:chosen,supply}=setting,isChosen=chosen===group.nerve||!!supply.
nerves?.includes(group.nerve),opacity=(chosen||supply.picked)&&!isChosen?look.opacity.other_nerve:1,
key=`${isChosen}/${opacity}/${setting.depth}/${setting.skin}`;if(group.markKey===key)return;group.markKey=
key,group.node.setAttribute("pointer-events",setting.skin?"none":"auto"),group.node.setAttribute("op\
acity",opacity);for(let k=0;k<group.paths.length;k+=3){let[reach,edge,core]=group.paths.slice(k,k+3);
reach.node.setAttribute("pointer-events",setting.skin?"none":"stroke");let isUnder=styleNerve(edge,core,
look.nerves,setting.depth,isChosen);reach.node.setAttribute("stroke-width",isUnder?UNDER_REACH_MM:REACH_MM)}
if(group.layer.which!=="now")return;let nerve=nerves[group.nerve];setLabel(group,`${nerve.name}: ${sayRoots(
nerve)}`)}function styleNerve(edge,core,look,depth,isChosen){let{role}=edge.part,[,layer]=/^nerve_under_(\d+)$/.
exec(role)??[],isUnder=layer!==void 0&&Number(layer)<=depth,bare=layer===void 0?role:"nerve_branch",
width=look.widths[isUnder?"nerve_under":bare]*(isChosen?look.chosen_times:1);edge.node.setAttribute(
"stroke-width",isUnder?0:width+look.edge_mm),core.node.setAttribute("stroke-width",width);for(let{node}of[
edge,core])for(let[name,value]of Object.entries(getAttributes(look.under)))isUnder?node.setAttribute(
name,value):name in look.core?node.setAttribute(name,look.core[name]):node.removeAttribute(name);return isUnder}var SPACE=32,MINUS=45,POINT=46,ZERO=48,LINE_TO=76,MOVE_TO=77,CLOSE=90,MOST_LETTERS=16;function makePen(vertices){
let flat=new Int32Array(vertices.count*2),text=new Uint8Array(vertices.count*MOST_LETTERS+MOST_LETTERS),
decoder=new TextDecoder("latin1");return function(part,moves,plane){return flattenPoints(vertices,getFirst(
part),getLast(part),moves,plane,flat),decoder.decode(text.subarray(0,writePart(text,part,flat)))}}function writePart(text,part,flat){
let{ends,closed}=part,k=0;for(let c=0;c+1<ends.length;c++){for(let v=ends[c];v<ends[c+1];v++){let at=(v-
ends[0])*2;text[k++]=v===ends[c]?MOVE_TO:LINE_TO,k=writeTenths(text,k,flat[at]),text[k++]=SPACE,k=writeTenths(
text,k,flat[at+1])}closed&&(text[k++]=CLOSE)}return k}function writeTenths(text,k,tenths){let size=Math.
abs(tenths),whole=size/10|0,rest=size-whole*10;return tenths<0&&(text[k++]=MINUS),whole>=1e4&&(text[k++]=
ZERO+(whole/1e4|0)%10),whole>=1e3&&(text[k++]=ZERO+(whole/1e3|0)%10),whole>=100&&(text[k++]=ZERO+(whole/
100|0)%10),whole>=10&&(text[k++]=ZERO+(whole/10|0)%10),text[k++]=ZERO+whole%10,rest&&(text[k++]=POINT,
text[k++]=ZERO+rest),k}var MEAN_MS=2400,LEAST_MS=1500,STORY_MS=48e3,SHORT_MS=6e3,BLEND_SPEED=1.8,SLOW_MS=22,SLOW_ROW=2,SPEEDS=[
[.4,"slow"],[1,"usual"],[2,"fast"]];function findSpans(sentences,speed){let count=sentences.length,whole=Math.
max(Math.min(STORY_MS,count*MEAN_MS),SHORT_MS),spare=Math.max(whole-count*LEAST_MS,0),letters=sentences.
reduce((sum,{length})=>sum+length,0);return sentences.map(({length})=>{let share=letters?length/letters:
1/count;return(LEAST_MS+spare*share)/speed})}function findMoment(elapsed,first,spans){let final=spans.
length-1,step=first,left=Math.max(elapsed,0);for(;step<final&&left>=spans[step];)left-=spans[step++];
let share=step===0?1:Math.min(1,left/spans[step]*BLEND_SPEED);return{step,share,isLast:step>=final&&
left>=spans[final]}}function findBeginning(begun,now,told,first,spans){let isAhead=findMoment(now-begun,
first,spans).step>=told+2,past=spans.slice(first,told+1).reduce((sum,span)=>sum+span,0);return isAhead?
now-past:begun}function easeShare(share){return share*share*(3-2*share)}var Playback=class{constructor(map){
this.map=map,this.request=0,this.reveal=1,this.speed=1,this.loadedAt=map.get("step"),this.isMoved=!1,
this.calm=map.page.matchMedia("(prefers-reduced-motion: reduce)")}get isRunning(){return this.request!==
0}get step(){return this.limit(this.map.get("step"))}get isAtEnd(){return this.step>=this.map.steps.
length-1}load(){this.stop(),this.loadedAt=this.map.get("step"),this.isMoved=!1}noteStep(){this.isMoved||=
this.map.get("step")!==this.loadedAt}findFirst(){return this.isAtEnd||!this.isMoved&&this.step>0?0:this.
step+1}limit(step){return Math.max(0,Math.min(step,this.map.steps.length-1))}goTo(step){this.map.set(
{step:this.limit(step)})}stop(){let{map}=this;this.isRunning&&map.page.cancelAnimationFrame(this.request),
this.request=0;let isHalf=this.reveal<1;if(this.reveal=1,map.pace.isLean)map.pace.setLean(!1);else if(!isHalf)
return;map.repaint()}start(){let{map}=this,spans=findSpans(map.stepRow.listSaid(),this.speed),first=this.
findFirst(),begun=map.page.performance.now(),last=begun,told=first-1,slow=0;map.pace.isWeak&&map.pace.
setLean(!0);let tick=now=>{slow=now-last>SLOW_MS?slow+1:0,last=now,slow>=SLOW_ROW&&map.pace.giveUp(),
begun=findBeginning(begun,now,told,first,spans);let moment=findMoment(now-begun,first,spans);told=moment.
step,this.paint(moment,tick)};this.request=map.page.requestAnimationFrame(tick)}paint({step,share,isLast},tick){
let{map}=this;step!==this.step&&this.goTo(step);let wasLean=isLast&&map.pace.isLean;this.request=isLast?
0:map.page.requestAnimationFrame(tick),wasLean&&map.pace.setLean(!1);let reveal=this.calm.matches?1:
easeShare(share),scene=this.findScene(step,reveal),isSame2=scene===map.shown&&reveal===this.reveal;this.
reveal=reveal,(!isSame2||wasLean)&&map.paintScene(scene),map.stepRow.paint()}findScene(step,reveal){
let{steps}=this.map;return step>0&&reveal<1?mixByShades(steps[step-1],steps[step],reveal):steps[step]}};function paintReferred(figure,spots,isVeiled){let{referred,layers,picture,plane,view}=figure,isShown=!!layers.
now&&!isVeiled&&spots.length>0,key=isShown?[spots,layers.now.stamp]:[];if(key.every((value,k)=>value===
figure.dotted[k])&&key.length===figure.dotted.length||(figure.dotted=key,referred.replaceChildren(),
!isShown))return;let{dot,radius_mm:r}=picture.look.referred,look=getFixedAttributes(dot);for(let spot of spots.
filter(one=>one.view===view))for(let place of spot.dots){let[cx,cy]=placeAnchor(place,layers.now.moves,
plane).map(mm=>mm.toFixed(1));addNode(referred,"svg:circle",{cx,cy,r,...look})}}var VIEW_MM=700,ASIDE=2.5,Selection=class{constructor(map){this.map=map,this.hovered=null,this.tabStop=
null,this.nerve=""}findFocused(){let{activeElement}=this.map.root.getRootNode();return this.tabStop&&
activeElement===this.tabStop.node?this.tabStop:null}choose(group){let{map}=this;if(isSupplied(map.picture)&&
!this.isMarking){this.pick(group);return}if(group.nerve!==null){this.nerve=this.nerve===group.nerve?
"":group.nerve,this.dropStructure();return}let{id}=map.picture.structures[group.structure];if(this.isMarking){
this.mark(id);return}this.nerve="",map.set({selected:id===map.get("selected")?"":id})}pick({structure,
nerve,supply}){let{map}=this,shown=map.picture.structures[structure],isReached=!shown||shown.muscle,
id=supply??nerve??shown.id,now=map.get(isReached?"picked":"selected")===id?"":id;isReached?map.set({
picked:now,selected:shown?now:""}):map.set({selected:now})}get isMarking(){return this.map.get("veil\
ed")&&this.map.get("most_marks")>0}mark(id){let{map}=this,marked=map.get("marked"),rest=marked.filter(
other=>other!==id),all=rest.length<marked.length?rest:[...rest,id];map.set({marked:all.slice(-map.get(
"most_marks"))})}clear(){this.nerve="",this.map.get("picked")&&this.map.set({picked:""}),this.dropStructure()}dropStructure(){
this.map.get("selected")?this.map.set({selected:""}):this.map.repaint()}findNerve(){let{nerves}=this.
map.picture,structure=this.map.findSelected();return isSupplied(this.map.picture)?"":this.nerve||structure<
0?this.nerve:Object.keys(nerves).find(id=>nerves[id].supplies.includes(structure))||""}hover(group){
this.hovered!==group&&(this.hovered=group,this.map.paintHalo())}keepTabStop(){if(this.tabStop&&!this.
tabStop.hidden&&this.map.isShown(this.tabStop.figure.view))return;let shown=this.map.listGroups().filter(
group=>!group.hidden);shown.length&&this.moveTabStop(shown[shown.length-1])}moveTabStop(group){this.
tabStop?.node.setAttribute("tabindex",-1),this.tabStop=group,group.node.setAttribute("tabindex",0)}focusOn(group){
group.layer.which==="now"&&(this.moveTabStop(group),group.node.focus({preventScroll:!1}))}findNeighbour(way){
let groups=this.map.listGroups().filter(group=>group!==this.tabStop&&!group.hidden),spots=groups.map(
group=>this.place(group));return groups[findNearest(this.place(this.tabStop),spots,way)]??null}place({
anchor,layer,figure}){let[x,y]=placeAnchor(anchor,layer.moves,figure.plane);return[x-figure.home[0]+
VIEW_MM*this.map.findColumn(figure.view),y]}};function findNearest([x,y],spots,[dx,dy]){let nearest=-1,
least=1/0;return spots.forEach(([u,v],number)=>{let along=(u-x)*dx+(v-y)*dy,aside=Math.abs((u-x)*dy)+
Math.abs((v-y)*dx),cost=along+ASIDE*aside;along>1&&cost<least&&(nearest=number,least=cost)}),nearest}function findSaid(sentence,isRunning){return isRunning?sentence.split(/(?<=\.) /)[0]:sentence}function findLongest(words){
return words.reduce((long,word)=>word.length>long.length?word:long,"")}var StepRow=class{constructor(map){
this.map=map,this.node=addNode(map.root,"div",{class:"mc-steps",role:"group","aria-label":"Steps of \
the spread",hidden:""}),addButton(this.node,"◀",()=>this.move(-1),{"aria-label":"Previous step"}),
this.play=addButton(this.node,"Play",()=>this.toggle(),{class:"mc-play"}),addButton(this.node,"▶",
()=>this.move(1),{"aria-label":"Next step"}),this.slider=this.addSlider(),this.speed=addChoice(this.
node,"Speed",SPEEDS,speed=>this.setSpeed(Number(speed))),this.speed.value=1,map.ladder.addMagnifier(
this.node),this.line=addNode(map.root,"p",{class:"mc-step-line"}),this.room=addNode(this.line,"span",
{class:"mc-step-room"}),this.name=addNode(this.room,"span",{class:"mc-step-name"}),this.rescaled=addNode(
this.line,"span",{class:"mc-rescaled"}),this.factor=addNode(this.line,"span",{class:"mc-factor"}),this.
telling=addNode(map.root,"div",{class:"mc-telling"}),this.story=addNode(this.telling,"p",{class:"mc-\
story"}),this.sentence=addNode(this.story,"span")}listSaid(){let{map}=this;return map.steps.map((_,step)=>findSaid(
map.get("story")[step]?.sentence??"",!0))}keepRoom(count){let titles=this.map.get("story").map(({title},step)=>sayStep(
step,count,title));this.room.dataset.longest=findLongest(titles),this.story.dataset.longest=findLongest(
this.listSaid())}setSpeed(speed){let{playback}=this.map;playback.speed=speed,playback.isRunning&&(playback.
stop(),playback.start())}addSlider(){let look={type:"range",min:0,step:1,"aria-label":"Step of the s\
pread"},slider=addNode(this.node,"input",look);return slider.addEventListener("input",()=>{this.map.
playback.stop(),this.map.playback.goTo(Number(slider.value))}),slider}move(steps){let{playback}=this.
map;playback.stop(),playback.goTo(playback.step+steps)}toggle(){let{playback}=this.map;playback.isRunning?
playback.stop():playback.start(),this.paint()}paint(){let{map,node,slider}=this,{step,isRunning}=map.
playback,count=map.steps.length;node.hidden=node.hidden&&count<2;let isVeiled=map.get("veiled");node.
style.visibility=count<2||isVeiled?"hidden":"",this.line.style.visibility=isVeiled?"hidden":"";let stage=map.
get("story")[step]??{title:"",sentence:""};slider.max=Math.max(count-1,0),slider.value=step,setText(
this.name,sayStep(step,count,stage.title)),this.keepRoom(count),slider.setAttribute("aria-valuetext",
this.name.textContent),setText(this.play,isRunning?"Pause":"Play"),setText(this.sentence,isVeiled?"":
findSaid(stage.sentence,isRunning)),this.story.hidden=!this.sentence.textContent}sayUnlessLast(){let{
map}=this;return map.playback.isAtEnd?"":`${this.name.textContent}. ${this.sentence.textContent}`}};var ABOVE_RING_PX=3,UNDER_RING_PX=12,BESIDE_RING_PX=3,LINE_PX2=13,SIDES_PX=30;function cutPieces(pieces,share){
let lengths=pieces.map(findLength),left=share*lengths.reduce((sum,length)=>sum+length,0),shown=[];for(let k=0;k<
pieces.length&&(left>0||share>=1);k++)shown.push(left>=lengths[k]?pieces[k]:cutPiece(pieces[k],left)),
left-=lengths[k];return shown}function findLength(points){let length=0;for(let k=1;k<points.length;k++)
length+=findGap(points[k-1],points[k]);return length}function findGap([x,y],[u,v]){return Math.hypot(
u-x,v-y)}function cutPiece(points,length){let shown=[points[0]],left=length;for(let k=1;k<points.length;k++){
let gap=findGap(points[k-1],points[k]);if(gap>=left){let part=gap?left/gap:0;shown.push(points[k].map(
(end,axis)=>mix(points[k-1][axis],end,part)));break}shown.push(points[k]),left-=gap}return shown}function mix(from,to,share){
return from+share*(to-from)}function findWidth(look,route,share){return route==="pull"?mix(look.least_px,
look.most_px,share):look.steady_px}function findGlowWidth(look,{route,trail}){let full=look.glow["st\
roke-width"];if(route!=="pull")return full;let share=trail.length?trail[trail.length-1].share:0;return mix(
look.glow_least_px,full,Math.min(share/look.glow_full_share,1))}function findTrailLook(look,route,share){
let dots=route==="pull"&&share<look.trace_share?look.trace:{};return{...look.trail,...dots}}function paintStory(figure,telling){
let{stages,at,reveal,trace,isVeiled,isKept,hasFinish}=telling,{story,layers,unit,box}=figure,isShown=stages.
length>0&&!isVeiled&&!isKept&&!!layers.now;if(hideNode(story,!isShown),!isShown)return;let{stamp}=layers.
now,now=[stages,at,trace,stamp,unit,hasFinish,...box];if(now.some((value,k)=>value!==figure.told[k])){
figure.told=now,story.replaceChildren();for(let trail of trace.length?trace:listTold(stages,at))paintTrail(
figure,story,trail);trace.length||paintGlow(figure,story,stages,at-1,figure.picture.look.story.glow_opacity),
paintLevels(figure,stages[at]),figure.telling=addNode(story,"svg:g"),hasFinish&&paintFinish(figure),
paintRings(figure,stages[0],isRingNamed(stages,at))}trace.length||(figure.telling.replaceChildren(),
paintTrail(figure,figure.telling,{...stages[at],reveal,isNow:!0}),paintGlow(figure,figure.telling,stages,
at,reveal))}function listTold(stages,at){let now=stages[at].route||"pull";return stages.slice(1,at).
filter(({route})=>route===now).map(stage=>({...stage,isNow:!1}))}function paintTrail(figure,host,{trail,
route,reveal=1,isNow=!0}){let{picture,layers,plane}=figure,{story:look}=picture.look;if(!trail.length||
!route)return;let{moves}=layers.now,pieces=trail.map(({points})=>points.map(point=>placeAnchor(point,
moves,plane))),faint=isNow?{}:{opacity:look.told_opacity},group=addNode(host,"svg:g",{class:"mc-trai\
l",...faint}),shown=cutPieces(pieces,reveal);for(let isCasing of[!0,!1])shown.forEach((points,k)=>{let width=findWidth(
look,route,trail[k].share);addNode(group,"svg:path",{d:`M${points.map(([x,y])=>`${x.toFixed(1)} ${y.
toFixed(1)}`).join("L")}`,...getFixedAttributes(isCasing?{...look.casing,"stroke-width":width+look.casing_px}:
{...findTrailLook(look,route,trail[k].share),"stroke-width":width,stroke:picture.routes[route]})})})}
function paintGlow(figure,host,stages,at,opacity){let{picture,layers}=figure,stage=stages[at];if(!stage?.
route)return;let{story}=picture.look,look=getFixedAttributes({...story.glow,"stroke-width":findGlowWidth(
story,stage),stroke:picture.routes[stage.route]});for(let group of layers.now.groups)group.structure===
null||group.hidden||!stage.reached.includes(group.structure)||addNode(host,"svg:path",{d:group.main.
d,opacity,...look})}function paintLevels(figure,{levels,route}){let{picture,layers,plane,story,unit}=figure,
{story:look}=picture.look;if(route==="guarding")for(let spot of levels){let[cx,cy]=placeAnchor(spot,
layers.now.moves,plane),r=look.level_px*unit;addNode(story,"svg:circle",{cx,cy,r,fill:picture.routes.
guarding,...getFixedAttributes(look.level)})}}function paintFinish(figure){let{picture,layers,plane,
story,unit,box}=figure,{story:look,aids}=picture.look,mark=picture.marks.neck_base;if(!mark)return;let[
,y]=placeMark(mark,layers.now.moves,plane),[left,,wide]=box,reach=look.finish_px*unit,d=`M${left} ${y}\
h${reach}M${left+wide} ${y}h${-reach}`;addNode(story,"svg:path",{d,...getFixedAttributes(aids.casing)}),
addNode(story,"svg:path",{d,...getFixedAttributes(look.finish)}),write(figure,left+2*unit,y-5*unit,"\
neck","start")}function isRingNamed(stages,at){return at===0||at<stages.length-1}function listSpots({
begins},view){let far={left:"right",right:"left"}[view];return begins.filter(({side})=>side!==far).map(
({spot})=>spot)}function paintRings(figure,stage,isNamed2){let{layers,view}=figure,[structure]=stage.
reached,isSeen=group=>group.structure===structure&&!group.hidden,seen=structure===void 0?null:layers.
now.groups.find(isSeen);(structure===void 0?listSpots(stage,view):seen?.anchor?[seen.anchor]:[]).forEach(
(spot,k)=>paintRing(figure,spot,isNamed2&&k===0?structure:null))}function paintRing(figure,spot,structure){
let{picture,layers,plane,story,unit,box}=figure,{story:look}=picture.look,[cx,cy]=placeAnchor(spot,layers.
now.moves,plane),r=look.ring_px*unit;for(let ring of look.rings)addNode(story,"svg:circle",{cx,cy,r,
...getFixedAttributes(ring)});if(structure===null)return;let name=picture.structures[structure]?.plain,
isLeft=cx<box[0]+box[2]/2,x=isLeft?box[0]+2*unit:box[0]+box[2]-2*unit,under=cy+r+UNDER_RING_PX*unit,
isLow=under>box[1]+box[3]-SIDES_PX*unit;if(isLow&&name===void 0)writeBeside(figure,cx,cy,r,["begins",
"here"]);else{let y=isLow?cy-r-ABOVE_RING_PX*unit:under;write(figure,x,y,name??"begins here",isLeft?
"start":"end")}}function writeBeside(figure,cx,cy,r,lines){let{unit,box,view}=figure,isLeft=view==="\
left"||view==="right"?view==="right":cx<box[0]+box[2]/2,x=cx+(isLeft?-1:1)*(r+BESIDE_RING_PX*unit);lines.
forEach((line,k)=>{let y=cy+(k+1-lines.length)*LINE_PX2*unit;write(figure,x,y,line,isLeft?"end":"sta\
rt")})}function write({story,unit},x,y,words,anchor){let place={x,y,"font-size":12*unit,"text-anchor":anchor};
addNode(story,"svg:text",{...place,...{class:"mc-side mc-story-word",fill:"currentColor"}},words)}var ASIDE_PX2=14,ABOVE_PX=12,EDGE_PX2=4,Tip=class{constructor(map){this.map=map,this.node=addNode(map.
root,"div",{class:"mc-tip",role:"tooltip",hidden:""})}hide(){this.node.hidden=!0}show(group,x,y){this.
node.replaceChildren();let[name,...rest]=this.listLines(group);addNode(this.node,"strong",{},name);for(let line of rest)
addNode(this.node,"span",{},line);this.node.hidden=!1,this.place(x,y)}listLines(group){let{picture}=this.
map;if(group.supply!==null)return this.listOfSupply(picture.supply[group.supply]);let isNerve=group.
nerve!==null,shown=isNerve?picture.nerves[group.nerve]:picture.structures[group.structure],isKept=group.
layer.which==="reference",name=isKept?`${shown.name} (${this.map.comparison.sayPair()[0]})`:shown.name,
words=isNerve?[sayRoots(shown)]:this.listTension(group.structure,isKept);return[name,...shown.plain?
[shown.plain]:[],...words]}listOfSupply({name,plain,kind}){return kind==="root"?[name,plain]:[`Skin:\
 ${plain}`,name]}listTension(structure,isKept){let{map}=this;if(isSupplied(map.picture))return[sayLevels2(
map.picture.structures[structure])];if(map.get("veiled"))return["covered until you uncover the resul\
t"];let scene=isKept?map.comparison.reference:map.shown;return[sayTension(map.picture,scene,structure)]}place(x,y){
let{node}=this,box=this.map.root.getBoundingClientRect(),most=Math.max(box.width-node.offsetWidth-EDGE_PX2,
0);node.style.left=`${clamp(x-box.left+ASIDE_PX2,0,most)}px`,node.style.top=`${Math.max(y-box.top-node.
offsetHeight-ABOVE_PX,0)}px`}};var HINT="Point at a structure for its tension, click to select it; arrow keys walk. ",SUPPLY_HINT="\
Point at a part for its name, click to pick it; arrow keys walk, Enter picks, Escape lets go. ",ZOOM_HINT="\
Zoom with Ctrl and the wheel, two fingers, + and −; drag to move. The arms are drawn a little off th\
e trunk, so that it is seen.",[ALL_LAYERS,DEEP_LAYERS]=[4,2],COVERED2="Predict first, then uncover.";
function sayMarking(most,count){return`Predict: mark up to ${most} muscles that you expect to tighte\
n. Click them, or walk with the arrow keys and press Enter. ${count} of ${most} marked.`}var BodyMap=class{constructor(model,host){
this.model=model,this.page=host.ownerDocument.defaultView,this.id=createIdPrefix(this.page),this.readDrawing();
let kind=isSupplied(this.picture)?" mc-supplied":"";this.root=addNode(host,"div",{class:`mc-bodymap${kind}`,
"data-version":-1}),this.isPrinting=!1,this.steps=readSteps(this.get("steps"),this.picture),this.readState(),
this.shown=this.base,this.lit=findLit(this.picture,"none",-1,""),this.addParts(),this.noteScale(),this.
comparison.read()}readDrawing(){this.picture=readWords(this.get("described")),this.vertices=readVertices(
this.get("outlines"));for(let part of this.picture.parts)part.bones=listBones(this.vertices,part);this.
draw=makePen(this.vertices),this.rest=buildRestScene(this.picture),this.extents=findExtents(this.vertices,
this.picture.bones)}readState(){this.base=readScene(copyBytes(this.get("state")),0,this.picture);let against=copyBytes(
this.get("against"));this.before=against.byteLength?readScene(against,0,this.picture):this.rest}addParts(){
this.drawnScale=new DrawnScale,this.pace=new Pace(this),this.playback=new Playback(this),this.selection=
new Selection(this),this.comparison=new Comparison(this),this.zoom=new Zoom(this),this.layout=new Layout(
this),this.controls=new Controls(this),this.stage=addNode(this.root,"div",{class:"mc-stage"}),this.ladder=
new Ladder(this),this.labels=new Labels(this),this.cover=this.addCover(),this.tip=new Tip(this),this.
stepRow=new StepRow(this),this.captions=new Captions(this),this.legend=new Legend(this),this.controls.
addBottom(()=>savePicture(this));let hint=isSupplied(this.picture)?SUPPLY_HINT:HINT;addNode(this.controls.
fold,"p",{class:"mc-hint"},hint+ZOOM_HINT),this.gestures=new Gestures(this),listenToPointer(this),listenToKeys(
this)}addCover(){let cover=addNode(this.stage,"div",{class:"mc-cover"});this.coverWords=addNode(cover,
"p",{});let flip=()=>this.set({depth:this.isDeep()?ALL_LAYERS:DEEP_LAYERS});return this.deep=addButton(
cover,"Deep muscles",flip,{class:"mc-switch"}),addButton(cover,"Skip, and show the result",()=>{this.
set({veiled:!1});let{play}=this.stepRow;(play.offsetParent?play:this.selection.tabStop.node).focus({
preventScroll:!0})}),cover}isDeep(){return this.get("depth")<ALL_LAYERS}get(trait){return this.model.
get(trait)}set(values){for(let[trait,value]of Object.entries(values))this.model.set(trait,value);this.
model.save_changes()}listFigures(){return this.layout.listFigures()}listGroups(){return this.listFigures().
flatMap(({layers})=>layers.now?.groups??[]).filter(group=>group.structure!==null||group.nerve!==null||
group.supply!==null).filter(group=>isPickable(group,this.get("skin")))}listScenes(){let scenes=this.
steps.length?this.steps:[this.base,this.before];return this.comparison.isOn()?[...scenes,this.comparison.
reference]:scenes}findColumn(view){return this.layout.keys.indexOf(`${view}-now`)}isShown(view){return this.
findColumn(view)>=0}findSelected(){let selected=this.get("selected");return this.picture.structures.
findIndex(({id})=>id===selected)}findSelectedGroup(){let selected=this.findSelected();return this.listGroups().
find(({structure,hidden})=>structure===selected&&!hidden)}findExaggeration(){return this.picture.exaggerations.
indexOf(this.get("exaggeration"))}repaint(){this.pace.request()}paintNow(){let certainty=this.get("c\
ertainty");this.base.certainty=certainty,this.steps.length&&(this.steps[this.steps.length-1].certainty=
certainty),this.paintScene(this.steps.length?this.steps[this.playback.step]:this.base),this.root.dataset.
version=this.base.version}paintScene(scene){this.shown=scene,this.lit=this.findLit(),this.controls.showLit(),
this.layout.layOut();let setting=this.findSetting(),now=setting.veiled?this.rest:scene;for(let figure of this.
listFigures())this.paintFigure(figure,now,setting);let telling=this.findTelling(setting),hasFinish=!this.
get("referred").length&&!telling.stages[0]?.ladder;for(let figure of this.listFigures())paintStory(figure,
{...telling,hasFinish,isKept:!figure.layers.now}),paintReferred(figure,this.get("referred"),setting.
veiled);this.ladder.paint(telling,this.listFigures()[0]),this.comparison.placeWipe(),this.selection.
keepTabStop(),this.captions.paint(scene),this.paintHalo(),this.labels.paint(),this.paintCover(setting.
veiled),this.root.classList.toggle("mc-veiled",setting.veiled),this.legend.showLetters(scene)}findLit(){
let supply=this.get("supply");if(supply.picked)return findSupplied(supply);let highlight=this.get("h\
ighlight");return findLit(this.picture,highlight,this.findSelected(),this.get("lit"))}paintCover(isVeiled){
this.cover.hidden=!isVeiled;let most=this.get("most_marks");this.cover.classList.toggle("mc-cover-as\
ide",most>0);let words=most?sayMarking(most,this.get("marked").length):COVERED2;setText(this.coverWords,
words),this.deep.hidden=!most,this.deep.setAttribute("aria-pressed",this.isDeep())}findSetting(){return{
choice:this.findExaggeration(),depth:this.get("depth"),nerves:this.get("nerves"),patterns:this.get("\
patterns"),span:this.get("span_n"),veiled:this.get("veiled"),lit:this.lit.set,nerve:this.get("nerves")?
this.selection.findNerve():"",skin:this.get("skin"),supply:this.get("supply"),lines:this.get("postur\
e_lines"),lean:this.pace.isLean,isBetween:this.playback.reveal<1,rest:this.rest,before:this.get("vei\
led")?this.rest:this.before,extents:this.extents}}findTelling({veiled:isVeiled}){let{playback}=this,
stages=this.get("story"),trace=playback.isRunning?[]:this.get("trace").trails??[],at=Math.min(playback.
step,Math.max(stages.length-1,0));return{stages,at,reveal:playback.reveal,trace,isVeiled}}paintFigure(figure,now,setting){
let{reference}=this.comparison,other=this.comparison.findLayer(figure);figure.layers.now&&paintLayer(
figure.layers.now,now,setting),other&&paintLayer(other,reference,setting),this.comparison.showLayers(
figure),paintAids(figure,figure.layers.now?now:reference,setting)}paintHalo(){paintHalo(this)}listAnswers(){
let repaint=()=>this.repaint(),paintAll=()=>this.paintAll(),each=(traits,answer)=>Object.fromEntries(
traits.map(trait=>[trait,answer]));return{...each(["caption","certainty","certainty_note","span_n","\
trace","marked","tally","dark"],repaint),...each(["ladder","magnifier","marks_told","most_marks"],repaint),
...each(["boards","nerves","labels","latin","posture_lines","patterns","exaggeration"],paintAll),...each(
["highlight","lit","depth","compare","skin","supply"],paintAll),selected:()=>this.answerSelected(),views:()=>this.
answerViews(),legend:()=>this.answerLegend(),referred:()=>this.answerLegend(),state:()=>this.answerState(),
against:()=>this.answerState(),against_words:repaint,steps:()=>this.answerSteps(),step:()=>this.answerStep(),
story:()=>this.answerStep(),veiled:()=>this.answerVeiled(),reference:()=>this.answerReference(),reference_certainty:()=>this.
answerReference()}}paintAll(){this.controls.paint(),this.repaint()}answerSelected(){this.get("select\
ed")&&(this.selection.nerve=""),this.repaint()}answerViews(){this.controls.followViews(),this.paintAll()}answerLegend(){
this.legend.paint(),this.repaint()}answerState(){this.readState(),this.comparison.read(),this.pace.stir()}answerSteps(){
this.playback.load(),this.steps=readSteps(this.get("steps"),this.picture),this.noteScale(),this.stepRow.
paint(),this.repaint()}noteScale(){let isStill2=({moves})=>areSameMoves(moves[0],this.rest.moves[0]),
moving=this.get("veiled")?[]:this.steps.filter(step=>!isStill2(step));moving.length&&this.drawnScale.
rest(moving.at(-1))}answerStep(){this.playback.noteStep(),this.stepRow.paint(),this.playback.isRunning||
this.repaint()}answerVeiled(){!this.get("veiled")&&this.get("most_marks")&&this.isDeep()&&this.set({
depth:ALL_LAYERS}),this.noteScale(),this.stepRow.paint(),this.repaint()}answerReference(){this.comparison.
read(),this.layout.forget(),this.paintAll()}open(){this.legend.paint(),this.stepRow.paint(),this.layout.
measure(),this.paintNow(),this.controls.paint();let stops=[this.followModel(),this.followPaper(),this.
followSize(),this.followTheme()];return()=>{this.playback.stop(),this.captions.announcer.stop(),this.
pace.stop();for(let stop of stops)stop()}}followModel(){let answers=Object.entries(this.listAnswers());
for(let[trait,answer]of answers)this.model.on(`change:${trait}`,answer);return()=>{for(let[trait,answer]of answers)
this.model.off(`change:${trait}`,answer)}}followPaper(){let print=isPrinting=>()=>{this.isPrinting=isPrinting,
this.paintNow()},events=Object.entries({beforeprint:print(!0),afterprint:print(!1)});for(let[name,answer]of events)
this.page.addEventListener(name,answer);return()=>{for(let[name,answer]of events)this.page.removeEventListener(
name,answer)}}followSize(){let observer=new this.page.ResizeObserver(()=>{this.layout.measure()&&this.
repaint()});return observer.observe(this.root),()=>observer.disconnect()}followTheme(){return watchTheme(
this.root,dark=>{this.get("dark")!==dark&&this.set({dark})})}};async function render({model,el}){return await letOthersLoad(
el.ownerDocument.defaultView),new BodyMap(model,el).open()}var widget_default={render};export{widget_default as default};
